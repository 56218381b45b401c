package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.explanation.CellGrid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static final CellGrid MAP =
      new CellGrid(2, 3, -14, new short[] {16384, 8192, 5, 8191, 0, 1});

  /** The bytes that version 1 has on disks: whoever changes them cannot read those any more. */
  @Test
  void versionOneStaysAsItIs() throws IOException {
    Folds folds = Folds.empty(2, 3);
    folds.add(0, MAP);
    folds.add(19, MAP);
    folds.add(19, MAP);

    try (InputStream golden = FoldsTest.class.getResourceAsStream("folds-1.bin")) {
      byte[] bytes = golden.readAllBytes();
      assertThat(HexFormat.of().formatHex(folds.bytes()))
          .isEqualTo(HexFormat.of().formatHex(bytes));
      assertThat(Folds.read(bytes)).isEqualTo(folds);
      Folds twice = Folds.read(bytes);
      twice.merge(folds);
      assertThat(twice.n(19)).isEqualTo(4);
    }
  }

  @Test
  void whatIsAddedIsReadBackByFold() {
    Folds folds = Folds.empty(2, 3);
    folds.add(3, MAP);
    folds.add(7, new CellGrid(2, 3, -14, new short[6]));

    FoldsSnapshot snapshot = folds.snapshot();

    assertThat(folds.n()).isEqualTo(2);
    assertThat(snapshot.n()).isEqualTo(2);
    assertThat(snapshot.n(3)).isEqualTo(1);
    assertThat(snapshot.mean(3)).startsWith(1, 0.5).endsWith(Math.scalb(1.0, -14));
    assertThat(snapshot.mean(7)).containsOnly(0);
    assertThat(snapshot.mean(0)).containsOnly(Double.NaN);
    assertThat(snapshot.mean()).startsWith(0.5, 0.25);
  }

  @Test
  void aReadStateLeavesItsBytesAlone() {
    byte[] stored = Folds.empty(2, 3).bytes();
    byte[] before = stored.clone();

    Folds.read(stored).add(1, MAP);

    assertThat(stored).isEqualTo(before);
  }

  @Test
  void whatIsNoStateIsRefused() {
    byte[] good = Folds.empty(2, 3).bytes();
    byte[] version = good.clone();
    version[0] = 2;
    byte[] count = good.clone();
    count[1] = 19;
    byte[] grid = good.clone();
    grid[2] = 0;
    byte[] negative = good.clone();
    negative[11] = -1;

    for (byte[] bad :
        new byte[][] {{}, {1}, version, count, grid, negative, new byte[good.length - 1]}) {
      assertThatThrownBy(() -> Folds.read(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Folds.empty(0, 3)).hasMessageContaining("0x3");
  }

  @Test
  void whatDoesNotFitIsRefusedAndNothingChanges() {
    Folds folds = Folds.empty(2, 3);
    folds.add(1, MAP);
    byte[] before = folds.bytes();
    Folds full = withN(1, (1 << 17) - 1);
    Folds wider = Folds.empty(2, 4);

    assertThatThrownBy(() -> full.add(1, MAP))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("fold 1 of");
    assertThatThrownBy(() -> folds.merge(full)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> folds.merge(wider)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folds.subtract(full)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folds.subtract(0, MAP)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folds.add(20, MAP)).hasMessageContaining("20");
    assertThatThrownBy(() -> folds.add(0, new CellGrid(2, 3, -13, new short[6])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> folds.add(0, new CellGrid(2, 3, -14, new short[] {0, 0, 0, 0, 0, 16385})))
        .hasMessageContaining("16385");

    assertThat(folds.bytes()).isEqualTo(before);
  }

  /** As full as a fold gets, with 1.0 in a cell each time, the sum still fits. */
  @Test
  void aFullFoldDoesNotOverflow() {
    byte[] bytes = withN(1, (1 << 17) - 2).bytes();
    int cell = 88 + 4 * 6;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(cell, ((1 << 17) - 2) << 14);
    Folds folds = Folds.read(bytes);

    folds.add(1, MAP);

    assertThat(folds.snapshot().mean(1)[0]).isEqualTo(1.0);
  }

  @Test
  void snapshotsAddUpBeyondWhatFoldsHold() {
    byte[] bytes = withN(2, (1 << 17) - 1).bytes();
    int cell = 88 + 2 * 4 * 6;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(cell, ((1 << 17) - 1) << 14);
    FoldsSnapshot full = Folds.read(bytes).snapshot();

    FoldsSnapshot sum = full.plus(full).plus(full);

    assertThat(sum.n(2)).isEqualTo(3L * ((1 << 17) - 1));
    assertThat(sum.mean(2)[0]).isEqualTo(1.0);
    assertThatThrownBy(() -> full.plus(Folds.empty(3, 2).snapshot()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Folds withN(int fold, int n) {
    byte[] bytes = Folds.empty(2, 3).bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + 4 * fold, n);
    return Folds.read(bytes);
  }
}

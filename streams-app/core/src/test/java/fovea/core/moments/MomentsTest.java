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

class MomentsTest {
  private static final CellMap MAP =
      new CellMap(
          new CellGrid(2, 3, -14, new short[] {16384, 8192, -5, 8191, 0, 32767}), false, 2, -1L);
  private static final CellMap EMPTY =
      new CellMap(new CellGrid(2, 3, -14, new short[6]), true, 0, 0x0123456789abcdefL);

  /** The bytes that version 1 has on disks: whoever changes them cannot read those any more. */
  @Test
  void versionOneStaysAsItIs() throws IOException {
    Moments moments = Moments.empty(2, 3, -14);
    moments.add(MAP);
    moments.add(MAP);
    moments.add(EMPTY);

    try (InputStream golden = MomentsTest.class.getResourceAsStream("moments-1.bin")) {
      byte[] bytes = golden.readAllBytes();
      assertThat(HexFormat.of().formatHex(moments.bytes()))
          .isEqualTo(HexFormat.of().formatHex(bytes));
      assertThat(Moments.read(bytes)).isEqualTo(moments);
    }
  }

  @Test
  void countsAreReadBack() {
    Moments moments = Moments.empty(2, 3, -14);
    moments.add(MAP);
    moments.add(EMPTY);
    MomentsSnapshot snapshot = moments.snapshot();

    assertThat(snapshot.n()).isEqualTo(2);
    assertThat(snapshot.empty()).isEqualTo(1);
    assertThat(snapshot.clipped()).isEqualTo(2);
    assertThat(snapshot.fingerprint()).isEqualTo(0x0123456789abcdeeL);
    assertThat(snapshot.mean()).startsWith(0.5, 0.25);
    assertThat(snapshot.variance()).startsWith(0.25, 0.0625);
    assertThat(snapshot.exceedance()).containsExactly(0.5, 0.5, 0, 0, 0, 0.5);
  }

  @Test
  void aSnapshotStaysWhenMoreIsAdded() {
    Moments moments = Moments.empty(2, 3, -14);
    MomentsSnapshot before = moments.snapshot();

    moments.add(MAP);

    assertThat(before.n()).isZero();
    assertThat(before.mean()).containsOnly(Double.NaN);
    assertThat(before.variance()).containsOnly(Double.NaN);
    assertThat(before.upsampled(4, 4).variance()).containsOnly(Double.NaN);
  }

  @Test
  void aReadStateLeavesItsBytesAlone() {
    byte[] stored = Moments.empty(2, 3, -14).bytes();
    byte[] before = stored.clone();

    Moments.read(stored).add(MAP);

    assertThat(stored).isEqualTo(before);
  }

  @Test
  void whatIsNoStateIsRefused() {
    byte[] good = Moments.empty(2, 3, -14).bytes();
    byte[] version = good.clone();
    version[0] = 2;
    byte[] scale = good.clone();
    scale[1] = 31;
    byte[] grid = good.clone();
    grid[2] = 0;
    byte[] negative = good.clone();
    negative[15] = -1;

    for (byte[] bad :
        new byte[][] {{}, {1}, version, scale, grid, negative, new byte[good.length - 1]}) {
      assertThatThrownBy(() -> Moments.read(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Moments.empty(0, 3, 0)).hasMessageContaining("0x3");
    assertThatThrownBy(() -> Moments.empty(1, 1, -31)).hasMessageContaining("-31");
  }

  @Test
  void nothingIsTakenFromNothing() {
    Moments moments = Moments.empty(2, 3, -14);
    Moments one = Moments.empty(2, 3, -14);
    one.add(MAP);

    assertThatThrownBy(() -> moments.subtract(MAP)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> moments.subtract(one)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEmptyMapWithCellsIsRefused() {
    assertThatThrownBy(() -> new CellMap(MAP.grid(), true, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreThanFitsIsRefusedAndNothingChanges() {
    Moments full = withN((1L << 33) - 1, 0);
    Moments halves = withN(Integer.MAX_VALUE, Integer.MAX_VALUE);
    byte[] fullBefore = full.bytes();
    byte[] halvesBefore = halves.bytes();

    assertThatThrownBy(() -> full.add(MAP)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> full.merge(halves)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> halves.add(MAP)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> halves.merge(halves)).isInstanceOf(ArithmeticException.class);

    assertThat(full.bytes()).isEqualTo(fullBefore);
    assertThat(halves.bytes()).isEqualTo(halvesBefore);
  }

  /** A state as billions of maps leave it: n, and the last cell's count of halves. */
  private static Moments withN(long n, int lastHalf) {
    byte[] bytes = Moments.empty(2, 3, -14).bytes();
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(8, n)
        .putInt(bytes.length - 4, lastHalf);
    return Moments.read(bytes);
  }
}

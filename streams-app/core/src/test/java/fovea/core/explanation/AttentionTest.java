package fovea.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttentionTest {
  @Test
  void theMaximumIsOneAndNegativeEvidenceIsNone() {
    Attention attention = Attention.max1(grid(-500, 0, 50, 100), 0, false);

    assertThat(attention.grid()).isEqualTo(new CellGrid(1, 4, -14, cells(0, 0, 8192, 16384)));
    assertThat(attention.empty()).isFalse();
  }

  @Test
  void theMinimumOfThePositivePartIsSubtracted() {
    assertThat(Attention.max1(grid(10, 20, 30), 0, true).grid().cells())
        .containsExactly(cells(0, 8192, 16384));
    assertThat(Attention.max1(grid(-10, 20, 40), 0, true).grid().cells())
        .containsExactly(cells(0, 8192, 16384));
  }

  @Test
  void aMaximumNotAboveTheFloorGivesTheZeroMap() {
    assertThat(Attention.max1(grid(-7, 5, 1), 5, false))
        .isEqualTo(new Attention(new CellGrid(1, 3, -14, cells(0, 0, 0)), true));
    assertThat(Attention.max1(grid(-7, 6, 1), 5, false).empty()).isFalse();
    assertThat(Attention.max1(grid(-7, -6), 0, false).empty()).isTrue();
    assertThat(Attention.max1(grid(900, 900), 0, true).empty()).isTrue();
  }

  @Test
  void theFloorIsAskedAfterTheMinimumIsSubtracted() {
    assertThat(Attention.max1(grid(1000, 1003), 5, true).empty()).isTrue();
    assertThat(Attention.max1(grid(1000, 1003), 5, false).empty()).isFalse();
  }

  @Test
  void everyCellIsTheQuotientRoundedHalfUp() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      short[] cells = new short[50];
      for (int k = 0; k < cells.length; k++) {
        cells[k] = (short) random.nextInt(-20, 1 + random.nextInt(1, 32_767));
      }
      cells[7] = (short) random.nextInt(1, 32_768);
      int max = 0;
      for (short cell : cells) {
        max = Math.max(max, cell);
      }
      short[] out = Attention.max1(new CellGrid(5, 10, -9, cells), 0, false).grid().cells();
      for (int k = 0; k < cells.length; k++) {
        assertThat((int) out[k]).isEqualTo(quotient(cells[k], max));
      }
    }
  }

  @Test
  void aNegativeFloorIsAMistake() {
    assertThatThrownBy(() -> Attention.max1(grid(1), -1, false)).hasMessageContaining("-1");
  }

  private static int quotient(short cell, int max) {
    return BigDecimal.valueOf(16_384L * Math.max(cell, 0))
        .divide(BigDecimal.valueOf(max), 0, RoundingMode.HALF_UP)
        .intValueExact();
  }

  private static CellGrid grid(int... values) {
    return new CellGrid(1, values.length, -9, cells(values));
  }

  private static short[] cells(int... values) {
    short[] out = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i] = (short) values[i];
    }
    return out;
  }
}

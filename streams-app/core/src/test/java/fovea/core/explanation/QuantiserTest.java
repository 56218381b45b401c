package fovea.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantiserTest {
  @Test
  void roundsHalfUp() {
    Quantised q =
        new Quantiser(-1).quantise(new float[] {0.25f, -0.25f, 0.2499f, -0.26f, 0.74f, 3}, 2, 3);

    assertThat(q.grid()).isEqualTo(new CellGrid(2, 3, -1, new short[] {1, 0, 0, -1, 1, 6}));
    assertThat(q.clipped()).isZero();
  }

  @Test
  void aValueJustBelowTheHalfIsNotRoundedUp() {
    float below = Math.nextDown(0.5f);

    assertThat(new Quantiser(0).quantise(new float[] {below}, 1, 1).grid().cells()[0]).isZero();
  }

  @Test
  void clipsOnBothSidesAndCounts() {
    Quantised q =
        new Quantiser(0)
            .quantise(new float[] {32767.4f, 32767.5f, -32767.5f, -32768, -Float.MAX_VALUE}, 1, 5);

    assertThat(q.grid().cells()).containsExactly(32767, 32767, -32767, -32767, -32767);
    assertThat(q.clipped()).isEqualTo(3);
  }

  @Test
  void keepsMaximumAndPositiveSumOfTheEvidence() {
    Quantised q = new Quantiser(4).quantise(new float[] {-1, 0.5f, 0.25f, -3}, 2, 2);

    assertThat(q.max()).isEqualTo(0.5f);
    assertThat(q.positiveSum()).isEqualTo(0.75f);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNoFiniteNumberIsTheCallersMistake(float bad) {
    assertThatThrownBy(() -> new Quantiser(0).quantise(new float[] {0, bad}, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cell 1");
  }

  @Test
  void badShapesAndScalesAreRefused() {
    assertThatThrownBy(() -> new Quantiser(31)).hasMessageContaining("31");
    assertThatThrownBy(() -> new Quantiser(0).quantise(new float[3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

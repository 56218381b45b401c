package fovea.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFormatTest {
  private static final List<Float> ZERO = List.of(0f, 0f, 0f);
  private static final List<Float> ONE = List.of(1f, 1f, 1f);

  @Test
  void normalisesEachChannelAndPutsItInAPlane() {
    Raster raster = Raster.of8(2, 1, 3, new byte[] {10, 20, 30, 40, 50, (byte) 255});
    TensorFormat format = new TensorFormat(3, 1, 2, List.of(10f, 20f, 30f), List.of(1f, 2f, 5f));

    assertThat(write(format, raster)).containsExactly(0, 30, 0, 15, 0, 45);
  }

  @Test
  void blueFirstReadsAsRedFirst() {
    Raster red = Raster.of8(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6});
    Raster blue = new ByteRaster(2, 1, 3, new byte[] {3, 2, 1, 6, 5, 4}, true);

    for (TensorFormat format :
        List.of(
            new TensorFormat(3, 1, 2, ZERO, ONE),
            new TensorFormat(3, 3, 5, ZERO, ONE),
            new TensorFormat(1, 1, 2, List.of(0f), List.of(1f)))) {
      assertThat(write(format, blue)).containsExactly(write(format, red));
      assertThat(write(format, blue.mirrored())).containsExactly(write(format, red.mirrored()));
    }
    assertThat(Thumbnail.of(blue).grid32()).containsExactly(Thumbnail.of(red).grid32());
  }

  @Test
  void greyIsRepeatedAndColourBecomesLuminance() {
    Raster grey = Raster.of8(1, 1, 1, new byte[] {77});
    Raster rgb = Raster.of8(1, 1, 3, new byte[] {100, 50, 10});

    assertThat(write(new TensorFormat(3, 1, 1, ZERO, ONE), grey)).containsExactly(77, 77, 77);
    assertThat(write(new TensorFormat(1, 1, 1, List.of(0f), List.of(1f)), rgb)[0])
        .isCloseTo(60.39f, within(1e-4f));
  }

  @Test
  void enlargingInterpolatesBetweenPixelCentres() {
    Raster raster = Raster.of8(2, 1, 1, new byte[] {0, 100});

    assertThat(write(new TensorFormat(1, 1, 4, List.of(0f), List.of(1f)), raster))
        .containsExactly(0, 25, 75, 100);
  }

  @Test
  void halvingAveragesWithATriangle() {
    // Centre 1, reach 2: weights 1/8, 3/8, 3/8, 1/8 inside, cut off and set to sum 1 at the border.
    Raster raster = Raster.of8(4, 1, 1, new byte[] {0, 40, 80, 120});

    float[] halved = write(new TensorFormat(1, 1, 2, List.of(0f), List.of(1f)), raster);

    assertThat(halved[0]).isCloseTo((3 * 0 + 3 * 40 + 80) / 7f, within(1e-4f));
    assertThat(halved[1]).isCloseTo((40 + 3 * 80 + 3 * 120) / 7f, within(1e-4f));
  }

  @ParameterizedTest
  @CsvSource({"5,7,3,2", "3,2,5,7", "64,48,10,11", "1,9,4,4", "17,1,5,6", "8,8,8,8"})
  void equalsTheDefinition(int fromW, int fromH, int toW, int toH) {
    short[] samples = new short[fromW * fromH * 3];
    Random random = new Random(5);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt();
    }
    Raster raster = Raster.of16(fromW, fromH, 3, samples);

    float[] tensor = write(new TensorFormat(3, toH, toW, ZERO, ONE), raster);

    for (int i = 0; i < tensor.length; i++) {
      double expected = naive(raster, samples, i, toW, toH);
      assertThat((double) tensor[i]).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void sixteenBitOfTheRightSizeIsNotBlurred() {
    Raster raster = Raster.of16(2, 2, 1, new short[] {0, 257, (short) 65_535, 514});

    assertThat(write(new TensorFormat(1, 2, 2, List.of(0f), List.of(1f)), raster))
        .containsExactly(0, 1, 255, 2);
  }

  @Test
  void writesFromTheBuffersPositionAndLeavesIt() {
    FloatBuffer buffer = FloatBuffer.allocate(6).position(3);

    new TensorFormat(3, 1, 1, ZERO, ONE).write(Raster.of8(1, 1, 1, new byte[] {9}), buffer);

    assertThat(buffer.position()).isEqualTo(3);
    assertThat(buffer.array()).containsExactly(0, 0, 0, 9, 9, 9);
    assertThatThrownBy(
            () ->
                new TensorFormat(3, 1, 2, ZERO, ONE)
                    .write(Raster.of8(1, 1, 1, new byte[] {9}), buffer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void badFormatsAreRefused() {
    assertThatThrownBy(() -> new TensorFormat(2, 1, 1, ZERO, ONE)).hasMessageContaining("2");
    assertThatThrownBy(() -> new TensorFormat(3, 0, 1, ZERO, ONE)).hasMessageContaining("0x1");
    assertThatThrownBy(() -> new TensorFormat(3, 1, 1, ZERO, ZERO)).hasMessageContaining("std");
  }

  private static float[] write(TensorFormat format, Raster raster) {
    FloatBuffer into = FloatBuffer.allocate(format.channels() * format.height() * format.width());
    format.write(raster, into);
    return into.array();
  }

  /** The sum over every pixel of the product of two triangles, straight from its definition. */
  private static double naive(Raster raster, short[] samples, int at, int toW, int toH) {
    int c = at / (toW * toH);
    int y = at / toW % toH;
    int x = at % toW;
    double sum = 0;
    double weights = 0;
    for (int v = 0; v < raster.height(); v++) {
      for (int u = 0; u < raster.width(); u++) {
        double w = triangle(u, x, raster.width(), toW) * triangle(v, y, raster.height(), toH);
        sum += w * (samples[(v * raster.width() + u) * 3 + c] & 0xffff) / 257.0;
        weights += w;
      }
    }
    return sum / weights;
  }

  private static double triangle(int source, int target, int from, int to) {
    double scale = (double) from / to;
    double centre = (target + 0.5) * scale;
    return Math.max(0, 1 - Math.abs(source + 0.5 - centre) / Math.max(1, scale));
  }
}

package fovea.query.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.image.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final double ROUNDING = 0.001;
  private static final Caption CAPTION =
      new Caption(List.of("PNEUMONIA · n = 3,120", "cxr 1"), "unit");
  private final Pictures pictures = new Pictures();

  private static ScalarField ramp() {
    double[] values = new double[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 8;
    }
    return new ScalarField(8, 8, values);
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static double luminance(int rgb) {
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
  }

  private static double channel(int rgb) {
    return Math.pow((rgb & 0xff) / 255.0, 2.2);
  }

  @Test
  void coloursBecomeLighterWithTheValue() throws IOException {
    BufferedImage image = read(pictures.plain(new HeatMap(ramp(), Optional.empty(), 256)));

    for (int x = 1; x < image.getWidth(); x++) {
      assertThat(luminance(image.getRGB(x, 100)))
          .isGreaterThan(luminance(image.getRGB(x - 1, 100)) - ROUNDING);
    }
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff440154);
    assertThat(image.getRGB(255, 0)).isEqualTo(0xfffde725);
  }

  @Test
  void anUnderlayShowsThroughWhereTheValueIsLow() throws IOException {
    Raster white = Raster.of8(1, 1, 1, new byte[] {(byte) 255});

    BufferedImage image = read(pictures.plain(new HeatMap(ramp(), Optional.of(white), 128)));

    assertThat(image.getRGB(0, 0) & 0xff).isGreaterThan(200);
    assertThat(image.getRGB(127, 0) & 0xff).isLessThan(100);
  }

  @Test
  void theCaptionIsWrittenWithoutAnyFontOfTheMachine() throws IOException {
    HeatMap map = new HeatMap(ramp(), Optional.empty(), 448);

    BufferedImage image = read(pictures.captioned(map, CAPTION));

    assertThat(image.getWidth()).isEqualTo(448);
    assertThat(dark(image, 0, 24)).isGreaterThan(200);
    assertThat(dark(image, image.getHeight() - 20, image.getHeight())).isGreaterThan(20);
  }

  private static long dark(BufferedImage image, int from, int to) {
    long dark = 0;
    for (int y = from; y < to; y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        dark += (image.getRGB(x, y) >> 8 & 0xff) < 160 ? 1 : 0;
      }
    }
    return dark;
  }

  @Test
  void longAndStrangeTextStaysInside() throws IOException {
    Caption caption = new Caption(List.of("日本<b>" + "W".repeat(500)), "unit");

    for (int size : new int[] {64, 2048}) {
      HeatMap map = new HeatMap(ramp(), Optional.empty(), size);
      assertThat(read(pictures.captioned(map, caption)).getWidth()).isEqualTo(size);
    }
  }

  @Test
  void aMapOfZerosIsDrawn() throws IOException {
    HeatMap map = new HeatMap(new ScalarField(2, 2, new double[4]), Optional.empty(), 64);

    assertThat(read(pictures.plain(map)).getRGB(10, 10)).isEqualTo(0xff440154);
  }

  @Test
  void sizesBeyondTheLimitsAreRefused() {
    assertThatThrownBy(() -> new HeatMap(ramp(), Optional.empty(), 2049))
        .hasMessageContaining("2049");
  }

  @Test
  void resamplingKeepsWhatLiesAtCentres() {
    ScalarField field = new ScalarField(1, 2, new double[] {0, 1}).resampled(1, 4);

    assertThat(new double[] {field.at(0, 0), field.at(0, 1), field.at(0, 2), field.at(0, 3)})
        .containsExactly(0, 0.25, 0.75, 1);
  }
}

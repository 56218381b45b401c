package fovea.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private final ImageDecoder decoder = new ImageDecoder(new DecodeLimits(1_000_000, 1_000_000));

  @TestFactory
  Stream<DynamicTest> everyLosslessGreyFileGivesItsSamples() {
    return each(Encoded.grey(), file -> assertSamples(raster(file), 1, 0));
  }

  @TestFactory
  Stream<DynamicTest> everyLosslessRgbFileGivesItsSamples() {
    return each(Encoded.rgb(), file -> assertSamples(raster(file), 3, 0));
  }

  @TestFactory
  Stream<DynamicTest> everyJpegIsNearItsSamples() {
    return each(Encoded.jpeg(), file -> assertThat(raster(file).width()).isEqualTo(Encoded.WIDTH));
  }

  @Test
  void greyJpegStaysGrey() {
    assertSamples(
        raster(Encoded.write(Encoded.image(BufferedImage.TYPE_BYTE_GRAY), "jpeg")), 1, 12);
  }

  @Test
  void colouredPaletteBecomesRgb() {
    Raster raster = raster(Encoded.write(Encoded.palette(true), "png"));
    float[] row = new float[3 * Encoded.WIDTH];

    raster.row(2, row);

    float g = Encoded.grey(7, 2);
    assertThat(Arrays.copyOfRange(row, 21, 24)).containsExactly(g, 255 - g, g);
  }

  @Test
  void bilevelIsBlackAndWhite() {
    BufferedImage image = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(8, 1, 0, 1);

    for (String format : new String[] {"png", "tiff"}) {
      float[] row = new float[9];
      raster(Encoded.write(image, format)).row(1, row);
      assertThat(row).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 255);
    }
  }

  @Test
  void anotherWhiteIsScaledToTheWholeRange() {
    for (byte[] file : new byte[][] {Encoded.plain(1, 100), Encoded.raw(1, 4095)}) {
      float[] row = new float[Encoded.WIDTH];
      raster(file).row(0, row);
      assertThat(row[10]).isCloseTo(Encoded.grey(10, 0), within(3f));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsCutOffAnywhereIsRefused() {
    Map<String, byte[]> files = all();
    return each(
        files,
        file -> {
          for (int cut = 1; cut <= 20; cut++) {
            int length = file.length - 2 - (file.length - 3) * cut / 21;
            assertRefused(Arrays.copyOf(file, length), Decoded.Reason.IMAGE);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> tooManyPixelsAreRefusedByTheHeader() {
    ImageDecoder strict = new ImageDecoder(new DecodeLimits(1_000_000, 1199));
    return each(
        all(),
        file -> {
          assertThat(strict.decode(file)).isInstanceOf(Decoded.Refused.class);
          assertThat(((Decoded.Refused) strict.decode(file)).reason())
              .isEqualTo(Decoded.Reason.TOO_LARGE);
        });
  }

  @Test
  void sixtyThousandSquaredIsRefusedWithoutItsMemory() {
    byte[] jpeg = Encoded.write(Encoded.image(BufferedImage.TYPE_3BYTE_BGR), "jpeg");
    int frame = 0;
    while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);
    byte[] png = Encoded.write(Encoded.image(BufferedImage.TYPE_BYTE_GRAY), "png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    byte[] pgm = "P5 60000 60000 255\n0000".getBytes(StandardCharsets.US_ASCII);

    ImageDecoder wide = new ImageDecoder(new DecodeLimits(1_000_000, 100_000_000));
    for (byte[] file : new byte[][] {jpeg, png, pgm}) {
      assertThat(wide.decode(file))
          .isInstanceOfSatisfying(
              Decoded.Refused.class,
              refused -> assertThat(refused.message()).contains("60000x60000"));
    }
  }

  @Test
  void tooManyBytesAreRefused() {
    assertRefused(new byte[1_000_001], Decoded.Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "P5",
        "P5 ",
        "P5 3 3",
        "P2 2 2 255 1 2",
        "P5 -3 4 255\n0000000000",
        "GIF89a......",
        "%PDF-1.7 a report of Jane Doe",
        "Jane Doe, born 1.1.1950, was here",
        "<svg></svg>"
      })
  void whatIsNoImageIsRefusedAndNotRepeated(String text) {
    Decoded decoded = decoder.decode(text.getBytes(StandardCharsets.US_ASCII));

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.message()).isNotBlank().doesNotContain("Jane", "1950"));
  }

  @Test
  void randomAndZeroBytesAreRefused() {
    byte[] random = new byte[5000];
    new Random(7).nextBytes(random);

    assertRefused(random, Decoded.Reason.IMAGE);
    assertRefused(new byte[5000], Decoded.Reason.IMAGE);
  }

  @Test
  void fourInksAreRefused() {
    assertThat(decoder.decode(Encoded.fourInks()))
        .isInstanceOfSatisfying(
            Decoded.Refused.class,
            refused -> assertThat(refused.message()).contains("grey nor RGB"));
  }

  @Test
  void aReaderIsSoundAfterADamagedFile() {
    byte[] jpeg = Encoded.write(Encoded.image(BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    for (int i = 0; i < 5; i++) {
      assertRefused(Arrays.copyOf(jpeg, jpeg.length / 2), Decoded.Reason.IMAGE);
      assertSamples(raster(jpeg), 1, 12);
    }
  }

  private static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Encoded.grey().forEach((name, file) -> files.put("grey " + name, file));
    Encoded.rgb().forEach((name, file) -> files.put("rgb " + name, file));
    files.putAll(Encoded.jpeg());
    return files;
  }

  private static Stream<DynamicTest> each(Map<String, byte[]> files, Consumer<byte[]> test) {
    return files.entrySet().stream()
        .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> test.accept(file.getValue())));
  }

  private Raster raster(byte[] file) {
    Decoded decoded = decoder.decode(file);
    assertThat(decoded).isInstanceOf(Decoded.Image.class);
    return ((Decoded.Image) decoded).raster();
  }

  private void assertRefused(byte[] file, Decoded.Reason reason) {
    assertThat(decoder.decode(file))
        .as("%d bytes", file.length)
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static void assertSamples(Raster raster, int channels, float tolerance) {
    assertThat(raster.channels()).isEqualTo(channels);
    assertThat(raster.width()).isEqualTo(Encoded.WIDTH);
    assertThat(raster.height()).isEqualTo(Encoded.HEIGHT);
    float[] row = new float[Encoded.WIDTH * channels];
    for (int y = 0; y < Encoded.HEIGHT; y++) {
      raster.row(y, row);
      for (int x = 0; x < Encoded.WIDTH; x++) {
        int g = Encoded.grey(x, y);
        int half = g / 2;
        assertThat(row[x * channels]).isCloseTo(g, within(tolerance));
        if (channels == 3) {
          assertThat(row[3 * x + 1]).isCloseTo(255 - g, within(tolerance));
          assertThat(row[3 * x + 2]).isCloseTo(half, within(tolerance));
        }
      }
    }
  }
}

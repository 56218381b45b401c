package fovea.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LuminanceTest {

  @ParameterizedTest
  @CsvSource({"32,32", "224,224", "1000,700", "5,9", "1,1", "33,400"})
  void aRampStaysARampWhateverTheSize(int width, int height) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round(255 * ((i % width) + 0.5f) / width);
    }
    float[] grid = Thumbnail.of(Raster.of8(width, height, 1, samples)).grid32();

    assertThat(grid).hasSize(1024);
    float oneStep = 255f / Math.min(width, 32) / 2 + 1;
    for (int i = 0; i < grid.length; i++) {
      assertThat(grid[i]).isCloseTo(255 * (i % 32 + 0.5f) / 32, within(oneStep));
    }
  }

  @ParameterizedTest
  @CsvSource({"255,255", "128,128", "0,0"})
  void aFlatColourKeepsItsLevelInTheThumbnail(int level, int expected) {
    short deep = (short) (257 * level);
    Raster raster = Raster.of16(3, 2, 1, new short[] {deep, deep, deep, deep, deep, deep});

    assertThat(Thumbnail.of(raster).grey64()).hasSize(4096).containsOnly((byte) expected);
  }
}

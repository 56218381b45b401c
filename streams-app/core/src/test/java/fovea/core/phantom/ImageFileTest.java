package fovea.core.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.image.Raster;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFileTest {
  private final Raster raster =
      new Phantom(PhantomSpec.of(3, Instant.EPOCH).withSide(64)).image(0).raster();

  @Test
  void pngKeepsEverySample() throws IOException {
    assertThat(samples(ImageFile.PNG)).isEqualTo(PhantomTest.samples(raster));
  }

  @Test
  void jpegIsCloseAndSmaller() throws IOException {
    float[] read = samples(ImageFile.JPEG);
    float[] truth = PhantomTest.samples(raster);
    double off = 0;
    for (int i = 0; i < truth.length; i++) {
      off += Math.abs(read[i] - truth[i]);
    }

    assertThat(off / truth.length).isLessThan(6);
    assertThat(ImageFile.JPEG.encode(raster).length)
        .isLessThan(ImageFile.PNG.encode(raster).length);
  }

  @Test
  void greyStaysGrey() throws IOException {
    Raster grey = Raster.of8(2, 1, 1, new byte[] {5, (byte) 200});

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(ImageFile.PNG.encode(grey)));

    assertThat(read.getRaster().getNumBands()).isEqualTo(1);
    assertThat(read.getRaster().getSample(1, 0, 0)).isEqualTo(200);
  }

  private float[] samples(ImageFile file) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file.encode(raster)));
    return read.getData().getPixels(0, 0, read.getWidth(), read.getHeight(), (float[]) null);
  }
}

package fovea.modelstore.evaluation;

import fovea.core.evaluation.Case;
import fovea.core.evaluation.Region;
import fovea.core.image.DecodeLimits;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.modelstore.evaluation.Protocol.Atlas;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where data sets lie, each in a folder of its name.
 *
 * @param folder of them all
 */
public record DataRoot(Path folder) {
  private static final DecodeLimits LIMITS = new DecodeLimits(1 << 26, 1 << 26);

  /** The table of a data set. */
  public LabelledImages table(DataSet set) throws IOException {
    return LabelledImages.read(folder.resolve(set.folder()), set.table());
  }

  /** What row {@code i} of a data set's table says of its image. */
  public static Case read(LabelledImages table, DataSet set, int i) {
    String label = table.value(i, set.label());
    return new Case(
        table.value(i, table.columns().getFirst()),
        set.labels().getOrDefault(label, label),
        table.value(i, set.subject()));
  }

  /**
   * The mean of an atlas' masks on a grid; each mask is squeezed to the square that a model sees.
   *
   * @throws IOException if no mask lies there, or one cannot be read
   */
  public Region region(Atlas atlas, int height, int width) throws IOException {
    TensorFormat format = new TensorFormat(1, height, width, List.of(0f), List.of(255f));
    List<Path> masks;
    try (Stream<Path> files = Files.walk(folder.resolve(atlas.folder()))) {
      masks = files.filter(f -> f.toString().endsWith(atlas.suffix())).sorted().toList();
    }
    if (masks.isEmpty()) {
      throw new IOException("no masks *%s below %s".formatted(atlas.suffix(), atlas.folder()));
    }
    double[] sum = new double[height * width];
    for (Path mask : masks) {
      FloatBuffer cells = FloatBuffer.allocate(sum.length);
      format.write(raster(mask), cells);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += Math.clamp(cells.get(i), 0f, 1f) / masks.size();
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.min(1, sum[i]);
    }
    return Region.of(atlas.region(), height, width, sum);
  }

  /**
   * Decodes an image.
   *
   * @throws IOException if it cannot be read or is none
   */
  public static Raster raster(Path file) throws IOException {
    return switch (new ImageDecoder(LIMITS).decode(Files.readAllBytes(file))) {
      case Decoded.Image image -> image.raster();
      case Decoded.Refused refused -> throw new IOException(file + ": " + refused.message());
    };
  }
}

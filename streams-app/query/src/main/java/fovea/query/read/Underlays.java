package fovea.query.read;

import fovea.core.aggregate.ModelVersion;
import fovea.core.image.Raster;
import fovea.core.map.ImageExplanation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mean of the thumbnails that are held now, by model version, frame and site: sums that grow and
 * shrink with them. Guarded by its owner.
 */
final class Underlays {
  private final Map<Key, Sum> sums = new HashMap<>();

  private record Key(ModelVersion model, String frame, String site) {}

  /** Adds ({@code sign} 1) or takes away (−1) an image; one that is not aligned has no place. */
  void change(ImageExplanation image, int sign) {
    if (image.thumbnail().isEmpty() || !image.aligned()) {
      return;
    }
    Raster thumbnail = image.thumbnail().get();
    Key key = new Key(image.model(), image.frame(), image.site());
    Sum sum = sums.computeIfAbsent(key, k -> new Sum(thumbnail.height(), thumbnail.width()));
    sum.change(thumbnail, sign);
    if (sum.n == 0) {
      sums.remove(key);
    }
  }

  /** The mean over some sites; none means all. */
  Optional<MeanImage> mean(ModelVersion model, String frame, Set<String> sites) {
    Sum all = null;
    for (Map.Entry<Key, Sum> entry : sums.entrySet()) {
      Key key = entry.getKey();
      boolean wanted = sites.isEmpty() || sites.contains(key.site());
      if (wanted && key.model().equals(model) && key.frame().equals(frame)) {
        all = all == null ? new Sum(entry.getValue().height, entry.getValue().width) : all;
        all.add(entry.getValue());
      }
    }
    return Optional.ofNullable(all).map(Sum::mean);
  }

  private static final class Sum {
    private final int height;
    private final int width;
    private final long[] cells;
    private final float[] row;
    private long n;

    Sum(int height, int width) {
      this.height = height;
      this.width = width;
      this.cells = new long[height * width];
      this.row = new float[width];
    }

    void change(Raster thumbnail, int sign) {
      for (int y = 0; y < height; y++) {
        thumbnail.row(y, row);
        for (int x = 0; x < width; x++) {
          cells[y * width + x] += sign * (long) row[x];
        }
      }
      n += sign;
    }

    void add(Sum other) {
      if (other.cells.length != cells.length) {
        return;
      }
      for (int i = 0; i < cells.length; i++) {
        cells[i] += other.cells[i];
      }
      n += other.n;
    }

    MeanImage mean() {
      byte[] grey = new byte[cells.length];
      for (int i = 0; i < cells.length; i++) {
        grey[i] = (byte) Math.round((double) cells[i] / n);
      }
      return new MeanImage(Raster.of8(width, height, 1, grey), n);
    }
  }
}

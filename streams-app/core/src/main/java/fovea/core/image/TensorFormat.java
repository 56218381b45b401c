package fovea.core.image;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From pixels to the tensor a model takes: float32 C×H×W, {@code (sample − mean) / std} with
 * samples in 0..255.
 *
 * <p>Resampled bilinearly with half-pixel centres, antialiased when shrinking (a triangle whose
 * reach grows with the scale, as Pillow's BILINEAR, but not rounded between); sides are fitted one
 * by one, so the aspect may change. Grey is repeated for a model of three channels; RGB becomes
 * luminance (0.299, 0.587, 0.114) for a model of one. An image that fits already is not resampled.
 *
 * <p>Immutable and thread-safe; remembers the weights of the sizes it met.
 */
public final class TensorFormat {
  private static final int SIZES_KEPT = 64;

  private final int channels;
  private final int height;
  private final int width;
  private final List<Float> mean;
  private final List<Float> std;
  private final float[][] table;
  private final Map<Sides, Resampling> weights = new ConcurrentHashMap<>();

  private record Sides(int from, int to) {}

  /** Channels are 1 or 3; mean and std have one value a channel, std not 0. */
  public TensorFormat(int channels, int height, int width, List<Float> mean, List<Float> std) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3: " + channels);
    }
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException("sides must be positive: " + height + "x" + width);
    }
    if (mean.size() != channels || std.size() != channels || std.contains(0f)) {
      throw new IllegalArgumentException(
          "mean and std must have one value a channel, std not 0: " + mean + ", " + std);
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.mean = List.copyOf(mean);
    this.std = List.copyOf(std);
    this.table = new float[channels][256];
    for (int c = 0; c < channels; c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (v - mean.get(c)) / std.get(c);
      }
    }
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** What a sample 0..255 of a channel becomes. */
  public float value(int channel, float sample) {
    return (sample - mean.get(channel)) / std.get(channel);
  }

  /**
   * Writes the tensor of {@code raster} from the buffer's position on; the position stays.
   *
   * @throws IllegalArgumentException if the buffer has no room for channels × height × width
   */
  public void write(Raster raster, FloatBuffer into) {
    if (into.remaining() < channels * height * width) {
      throw new IllegalArgumentException(
          "%d floats do not hold %dx%dx%d".formatted(into.remaining(), channels, height, width));
    }
    boolean fits = raster.width() == width && raster.height() == height;
    if (fits && raster instanceof ByteRaster bytes && (bytes.channels() == 1 || channels == 3)) {
      looked(bytes, into);
    } else {
      resampled(raster, into);
    }
  }

  /** 8-bit samples of the right size: each is one look into a table. */
  private void looked(ByteRaster raster, FloatBuffer into) {
    int plane = height * width;
    float[][] lines = new float[channels][width];
    for (int y = 0; y < height; y++) {
      raster.row(y, table, lines);
      for (int c = 0; c < channels; c++) {
        into.put(into.position() + c * plane + y * width, lines[c]);
      }
    }
  }

  /** Row by row, so that only rows of the result are held, however large the image. */
  private void resampled(Raster raster, FloatBuffer into) {
    Resampling across = weights(raster.width(), width);
    Resampling down = weights(raster.height(), height);
    RowSource source = new RowSource(raster, Math.min(channels, raster.channels()));
    float[] row = new float[width * source.channels()];
    float[][] sums = new float[height][row.length];
    int next = 0;
    for (int y = 0; next < height; y++) {
      across.row(source.row(y), source.channels(), row);
      for (int o = next; o < height && down.first(o) <= y; o++) {
        float[] w = down.weights(o);
        add(w[y - down.first(o)], row, sums[o]);
        if (y - down.first(o) == w.length - 1) {
          emit(o, sums[o], into);
          next++;
        }
      }
    }
  }

  private static void add(float weight, float[] row, float[] into) {
    for (int i = 0; i < row.length; i++) {
      into[i] += weight * row[i];
    }
  }

  private void emit(int y, float[] row, FloatBuffer into) {
    int step = row.length / width;
    float[] line = new float[width];
    for (int c = 0; c < channels; c++) {
      float m = mean.get(c);
      float s = std.get(c);
      for (int x = 0; x < width; x++) {
        line[x] = (row[x * step + (step == 1 ? 0 : c)] - m) / s;
      }
      into.put(into.position() + (c * height + y) * width, line);
    }
  }

  private Resampling weights(int from, int to) {
    if (weights.size() > SIZES_KEPT) {
      weights.clear();
    }
    return weights.computeIfAbsent(new Sides(from, to), s -> new Resampling(s.from(), s.to()));
  }
}

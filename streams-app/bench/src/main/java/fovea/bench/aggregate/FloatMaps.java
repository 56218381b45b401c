package fovea.bench.aggregate;

/**
 * What a rival keeps under a key: how many maps, and mean and sum of squared deviations of every
 * pixel in float32. Mutable and thread-confined.
 */
final class FloatMaps {
  private final float[] mean;
  private final float[] squares;
  private long n;

  /** Takes over both arrays, of one length. */
  FloatMaps(long n, float[] mean, float[] squares) {
    this.n = n;
    this.mean = mean;
    this.squares = squares;
  }

  static FloatMaps empty(int pixels) {
    return new FloatMaps(0, new float[pixels], new float[pixels]);
  }

  /** Adds one map by Welford's update; gives itself. */
  FloatMaps add(float[] map) {
    n++;
    float share = 1f / n;
    for (int i = 0; i < map.length; i++) {
      float before = map[i] - mean[i];
      mean[i] += before * share;
      squares[i] += before * (map[i] - mean[i]);
    }
    return this;
  }

  long n() {
    return n;
  }

  /** The live array. */
  float[] mean() {
    return mean;
  }

  /** The live array. */
  float[] squares() {
    return squares;
  }
}

package fovea.bench.aggregate;

/**
 * What a rival keeps under a key: mean and sum of squared deviations of every pixel, in float32.
 * Its arrays are its own, and are written in place.
 *
 * @param n how many maps
 * @param mean by pixel
 * @param squares sum of squared deviations from the mean, by pixel
 */
record FloatMaps(long n, float[] mean, float[] squares) {
  static FloatMaps empty(int pixels) {
    return new FloatMaps(0, new float[pixels], new float[pixels]);
  }

  /** With one more map, by Welford's update; this one must not be used again. */
  FloatMaps plus(float[] map) {
    float share = 1f / (n + 1);
    for (int i = 0; i < map.length; i++) {
      float before = map[i] - mean[i];
      mean[i] += before * share;
      squares[i] += before * (map[i] - mean[i]);
    }
    return new FloatMaps(n + 1, mean, squares);
  }
}

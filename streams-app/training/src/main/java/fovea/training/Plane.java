package fovea.training;

/** A square grey image under change: samples in 0..255, row-major. Mutable, thread-confined. */
final class Plane {
  private final int side;
  private float[] samples;

  Plane(int side, float[] samples) {
    if (samples.length != side * side) {
      throw new IllegalArgumentException(
          "%d samples are not %dx%d".formatted(samples.length, side, side));
    }
    this.side = side;
    this.samples = samples;
  }

  static Plane of(Example example, int side) {
    float[] samples = new float[side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = example.sample(i);
    }
    return new Plane(side, samples);
  }

  int side() {
    return side;
  }

  /** The live samples. */
  float[] samples() {
    return samples;
  }

  /** Puts others in their place; takes the array over. */
  void replace(float[] others) {
    samples = others;
  }

  float mean() {
    double sum = 0;
    for (float value : samples) {
      sum += value;
    }
    return (float) (sum / samples.length);
  }

  /** The sample of row {@code y}, column {@code x}; outside, the nearest of the edge. */
  float at(int y, int x) {
    return samples[Math.clamp(y, 0, side - 1) * side + Math.clamp(x, 0, side - 1)];
  }

  /** Sets a rectangle to one value; what lies outside is left out. */
  void fill(int top, int left, int height, int width, float value) {
    for (int y = Math.max(0, top); y < Math.min(side, top + height); y++) {
      for (int x = Math.max(0, left); x < Math.min(side, left + width); x++) {
        samples[y * side + x] = value;
      }
    }
  }
}

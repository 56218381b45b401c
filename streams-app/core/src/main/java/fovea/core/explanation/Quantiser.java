package fovea.core.explanation;

/**
 * Evidence to int16 at a power-of-two scale: {@code floor(value ÷ 2^scaleExponent + ½)}, clipped to
 * ±32767. Immutable and thread-safe.
 */
public final class Quantiser {
  private static final int LIMIT = 32_767;

  private final int scaleExponent;
  private final double steps;

  /** Exponent −30..30. */
  public Quantiser(int scaleExponent) {
    if (scaleExponent < -30 || scaleExponent > 30) {
      throw new IllegalArgumentException("exponent must be -30..30: " + scaleExponent);
    }
    this.scaleExponent = scaleExponent;
    this.steps = Math.scalb(1.0, -scaleExponent);
  }

  /**
   * Quantises one map, row-major h×w.
   *
   * @throws IllegalArgumentException if the length is not h×w or a value is not a finite number
   */
  public Quantised quantise(float[] evidence, int h, int w) {
    short[] cells = new short[evidence.length];
    int clipped = 0;
    float max = Float.NEGATIVE_INFINITY;
    double positive = 0;
    for (int i = 0; i < evidence.length; i++) {
      float value = evidence[i];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("cell " + i + " is " + value);
      }
      // A float times a power of two is exact in double, and so is the half above it.
      double step = Math.floor(value * steps + 0.5);
      clipped += Math.abs(step) > LIMIT ? 1 : 0;
      cells[i] = (short) Math.clamp(step, -LIMIT, LIMIT);
      max = Math.max(max, value);
      positive += Math.max(0, value);
    }
    return new Quantised(new CellGrid(h, w, scaleExponent, cells), clipped, max, (float) positive);
  }
}

package fovea.core.inference;

import java.util.List;

/**
 * One further output of one image: float32, row-major.
 *
 * <p>Immutable by agreement: the array is handed over and never written again. Nothing is checked
 * for NaN here; {@link #finite()} asks.
 */
public final class Extra {
  private final ExtraRole role;
  private final List<Integer> shape;
  private final float[] values;

  /**
   * Takes over {@code values}.
   *
   * @param shape as the role has it, without the batch
   * @throws IllegalArgumentException if the shape is not the role's, or the values do not fill it
   */
  public Extra(ExtraRole role, List<Integer> shape, float[] values) {
    this.role = role;
    this.shape = List.copyOf(shape);
    this.values = values;
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (!role.allows(shape) || size != values.length) {
      throw new IllegalArgumentException(
          "%d values of shape %s are no %s".formatted(values.length, shape, role.text()));
    }
  }

  public ExtraRole role() {
    return role;
  }

  /** Extents without the batch, outermost first. */
  public List<Integer> shape() {
    return shape;
  }

  /** All values, a copy. */
  public float[] values() {
    return values.clone();
  }

  /** Whether every value is a finite number. */
  public boolean finite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return role.text() + shape;
  }
}

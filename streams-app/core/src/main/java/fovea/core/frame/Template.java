package fovea.core.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What the training images of a frame have in common. Immutable. */
public final class Template {
  private final float[] grid;
  private final double minCorrelation;
  private final double aspect;
  private final Optional<FieldOfView> fieldOfView;

  Template(float[] grid, double minCorrelation, double aspect, Optional<FieldOfView> fieldOfView) {
    this.grid = grid;
    this.minCorrelation = minCorrelation;
    this.aspect = aspect;
    this.fieldOfView = fieldOfView;
  }

  /** Mean luminance 32×32, row-major, 0..255, on the canonical side; a copy. */
  public float[] grid() {
    return grid.clone();
  }

  /** The 0.5 % quantile of the training images' correlation with the grid. */
  public double minCorrelation() {
    return minCorrelation;
  }

  /** Median of width ÷ height. */
  public double aspect() {
    return aspect;
  }

  /** The mean bright field, tolerance from the images' own spread; empty where most have none. */
  public Optional<FieldOfView> fieldOfView() {
    return fieldOfView;
  }

  /** The grid as the template file has it: float32, little-endian, 4,096 bytes. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(4 * grid.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asFloatBuffer().put(grid);
    return out.array();
  }
}

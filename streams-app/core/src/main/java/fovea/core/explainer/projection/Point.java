package fovea.core.explainer.projection;

/** An image in the model's 2-D plane; both finite. */
public record Point(float u, float v) {
  public Point {
    if (!Float.isFinite(u) || !Float.isFinite(v)) {
      throw new IllegalArgumentException("a point must be finite: " + u + ", " + v);
    }
  }

  /** {@code 1 ÷ (1 + d²)}: the kernel by which t-SimCNE (Böhm et al., ICLR 2023) sees nearness. */
  public double nearness(Point other) {
    double du = (double) u - other.u;
    double dv = (double) v - other.v;
    return 1 / (1 + du * du + dv * dv);
  }
}

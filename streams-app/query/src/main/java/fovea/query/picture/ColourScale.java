package fovea.query.picture;

/** How numbers become colours. */
public enum ColourScale {
  /** Viridis, from 0, or the least where that is below, to the greatest. */
  SEQUENTIAL,
  /** Blue below 0, white at 0, red above; equally far to both sides. */
  DIVERGING;

  /** The scale over these numbers. */
  Colours of(ScalarField field, boolean over) {
    double top = field.max();
    double bottom = field.min();
    if (this == SEQUENTIAL) {
      double low = Math.min(0, bottom);
      return new Colours(this, low, Math.max(top, low + Double.MIN_NORMAL), over);
    }
    double far = Math.max(Math.max(top, -bottom), Double.MIN_NORMAL);
    return new Colours(this, -far, far, over);
  }
}

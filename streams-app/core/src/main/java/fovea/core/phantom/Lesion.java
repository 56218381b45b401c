package fovea.core.phantom;

/** The findings the phantom shows, each at one place of the canonical frame; they may coincide. */
public enum Lesion {
  /** Drusen-like pale spots at the macula. */
  MACULAR_LESION("macular_lesion", 0.54, 0.53),
  /** An enlarged, pale cup in the optic disc. */
  GLAUCOMATOUS_DISC("glaucomatous_disc", 0.25, 0.48),
  /** A grey-blue patch, as of detached retina, in the superior temporal periphery. */
  PERIPHERAL_LESION("peripheral_lesion", 0.74, 0.28);

  private static final double RADIUS = 0.10;
  private static final double DILATED_RADIUS = 0.14;

  private final String label;
  private final double x;
  private final double y;

  Lesion(String label, double x, double y) {
    this.label = label;
    this.x = x;
    this.y = y;
  }

  /** The label's name in records and manifests. */
  public String label() {
    return label;
  }

  /** Holds every pixel the lesion changes, whatever the eye and its alignment. */
  public Zone zone() {
    return new Zone(x, y, RADIUS);
  }

  /** The zone with a margin for a coarse map; at most a tenth of the field of view. */
  public Zone dilatedZone() {
    return new Zone(x, y, DILATED_RADIUS);
  }
}

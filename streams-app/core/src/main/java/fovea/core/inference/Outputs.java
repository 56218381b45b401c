package fovea.core.inference;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a model of contract {@code evidence/1} says of one image: logits, and class evidence with
 * {@code logits = mean(evidence) + offset}; and what else its graph gives, by role.
 *
 * <p>A black box gives logits alone ({@link #ofLogits}); maps that an explainer makes of it from
 * outside ({@link #explainedBy}) are no shares of the logits, so that there is no offset.
 *
 * <p>Immutable by agreement: the arrays are handed over and never written again. Nothing is checked
 * for NaN here; {@link #finite()} asks.
 */
public final class Outputs {
  private final float[] logits;
  private final float[] evidence;
  private final float[] offset;
  private final int gridHeight;
  private final int gridWidth;
  private final Map<ExtraRole, Extra> extras;

  /**
   * Takes over the arrays.
   *
   * @param logits one per label
   * @param evidence L×h×w, row-major
   * @param offset one per label
   * @throws IllegalArgumentException if the lengths do not agree
   */
  public Outputs(float[] logits, float[] evidence, float[] offset, int gridHeight, int gridWidth) {
    if (gridHeight <= 0 || gridWidth <= 0 || logits.length == 0) {
      throw new IllegalArgumentException(
          "no labels or no grid: %d labels, %dx%d".formatted(logits.length, gridHeight, gridWidth));
    }
    if (evidence.length != logits.length * gridHeight * gridWidth
        || offset.length != logits.length) {
      throw new IllegalArgumentException(
          "%d evidence values and %d offsets do not fit %d labels on a %dx%d grid"
              .formatted(evidence.length, offset.length, logits.length, gridHeight, gridWidth));
    }
    this.logits = logits;
    this.evidence = evidence;
    this.offset = offset;
    this.gridHeight = gridHeight;
    this.gridWidth = gridWidth;
    this.extras = Map.of();
  }

  private Outputs(Outputs of, Map<ExtraRole, Extra> extras) {
    this.logits = of.logits;
    this.evidence = of.evidence;
    this.offset = of.offset;
    this.gridHeight = of.gridHeight;
    this.gridWidth = of.gridWidth;
    this.extras = extras;
  }

  private Outputs(
      float[] logits,
      float[] evidence,
      int gridHeight,
      int gridWidth,
      Map<ExtraRole, Extra> extras) {
    this.logits = logits;
    this.evidence = evidence;
    this.offset = new float[0];
    this.gridHeight = gridHeight;
    this.gridWidth = gridWidth;
    this.extras = extras;
  }

  /**
   * The same with these further outputs in the place of any it had.
   *
   * @throws IllegalArgumentException if two have one role, or maps lie on another grid
   */
  public Outputs with(Collection<Extra> further) {
    Map<ExtraRole, Extra> out = new EnumMap<>(ExtraRole.class);
    for (Extra extra : further) {
      boolean fits =
          !extra.role().maps()
              || (extra.shape().get(1) == gridHeight && extra.shape().get(2) == gridWidth);
      if (!fits || out.put(extra.role(), extra) != null) {
        throw new IllegalArgumentException(
            "%s beside evidence on %dx%d, and %s".formatted(extra, gridHeight, gridWidth, out));
      }
    }
    return new Outputs(this, Map.copyOf(out));
  }

  /** What the graph gives in this role; empty where it does not. */
  public Optional<Extra> extra(ExtraRole role) {
    return Optional.ofNullable(extras.get(role));
  }

  /** Of a black box: nothing explains them yet. Takes over the array. */
  public static Outputs ofLogits(float[] logits) {
    if (logits.length == 0) {
      throw new IllegalArgumentException("no logits");
    }
    return new Outputs(logits, new float[0], 0, 0, Map.of());
  }

  /**
   * The same logits, and what else there is, with maps from outside.
   *
   * @param maps L×h×w, row-major; taken over
   * @throws IllegalArgumentException if the length does not agree
   */
  public Outputs explainedBy(float[] maps, int height, int width) {
    if (height <= 0 || width <= 0 || maps.length != logits.length * height * width) {
      throw new IllegalArgumentException(
          "%d values are not %d maps of %dx%d"
              .formatted(maps.length, logits.length, height, width));
    }
    return new Outputs(logits, maps, height, width, extras);
  }

  /** Whether there is a map of each label, the model's own or from outside. */
  public boolean explained() {
    return evidence.length > 0;
  }

  /** Whether the maps are the model's own: shares of the logits beside an offset. */
  public boolean additive() {
    return offset.length > 0;
  }

  public int labels() {
    return logits.length;
  }

  /** 0 where nothing is explained. */
  public int gridHeight() {
    return gridHeight;
  }

  /** 0 where nothing is explained. */
  public int gridWidth() {
    return gridWidth;
  }

  public float logit(int label) {
    return logits[label];
  }

  /**
   * @throws IllegalStateException if the maps are not {@link #additive()}
   */
  public float offset(int label) {
    checkAdditive();
    return offset[label];
  }

  /** All logits, a copy. */
  public float[] logits() {
    return logits.clone();
  }

  /**
   * The evidence grid of one label, row-major, a copy.
   *
   * @throws IllegalStateException if nothing is {@link #explained()}
   */
  public float[] evidence(int label) {
    if (!explained()) {
      throw new IllegalStateException("logits alone: nothing explains them");
    }
    int cells = gridHeight * gridWidth;
    return Arrays.copyOfRange(evidence, label * cells, (label + 1) * cells);
  }

  /** Whether every logit, evidence value and offset is a finite number; extras are not asked. */
  public boolean finite() {
    return finite(logits) && finite(evidence) && finite(offset);
  }

  /**
   * |logit − (mean(evidence) + offset)|, the greatest over labels: the faithfulness residual.
   *
   * @throws IllegalStateException if the maps are not {@link #additive()}
   */
  public double residual() {
    checkAdditive();
    int cells = gridHeight * gridWidth;
    double worst = 0;
    for (int l = 0; l < logits.length; l++) {
      double sum = 0;
      for (int i = l * cells; i < (l + 1) * cells; i++) {
        sum += evidence[i];
      }
      worst = Math.max(worst, Math.abs(logits[l] - (sum / cells + offset[l])));
    }
    return worst;
  }

  private void checkAdditive() {
    if (!additive()) {
      throw new IllegalStateException("the maps are no shares of the logits");
    }
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}

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

  public int labels() {
    return logits.length;
  }

  public int gridHeight() {
    return gridHeight;
  }

  public int gridWidth() {
    return gridWidth;
  }

  public float logit(int label) {
    return logits[label];
  }

  public float offset(int label) {
    return offset[label];
  }

  /** All logits, a copy. */
  public float[] logits() {
    return logits.clone();
  }

  /** The evidence grid of one label, row-major, a copy. */
  public float[] evidence(int label) {
    int cells = gridHeight * gridWidth;
    return Arrays.copyOfRange(evidence, label * cells, (label + 1) * cells);
  }

  /** Whether every logit, evidence value and offset is a finite number; extras are not asked. */
  public boolean finite() {
    return finite(logits) && finite(evidence) && finite(offset);
  }

  /** |logit − (mean(evidence) + offset)|, the greatest over labels: the faithfulness residual. */
  public double residual() {
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

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}

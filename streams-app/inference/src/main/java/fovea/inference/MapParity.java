package fovea.inference;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.Outputs;
import fovea.core.quality.RankCorrelation;
import fovea.modelstore.Manifest;
import java.util.stream.IntStream;

/**
 * Compares an engine's outputs with the reference's image by image, on the attention that is
 * aggregated, and keeps the worst. Thread-confined.
 *
 * <p>A map's attention is its evidence in integer steps over its greatest: of a map that is few
 * steps high, one step of rounding is much. Such a map is allowed two steps more, and its order of
 * cells is not asked for. Where there are no maps, logits alone are compared.
 */
final class MapParity {
  private static final int FAINT_STEPS = 100;
  private static final double ROUNDING_STEPS = 2;

  private final Manifest manifest;
  private final String engine;
  private final double logitLimit;
  private final Quantiser quantiser;
  private int images;
  private int maps;
  private int faint;
  private double leastRank = 1;
  private double greatestDelta;
  private double excess = -ParityResult.DELTA;
  private double logitDelta;

  MapParity(Manifest manifest, String engine, double logitLimit) {
    this.manifest = manifest;
    this.engine = engine;
    this.logitLimit = logitLimit;
    this.quantiser = new Quantiser(manifest.quantisation().scaleExponent());
  }

  /** One image's outputs of both; NaN and infinity differ from everything. */
  void add(Outputs reference, Outputs found) {
    images++;
    if (!found.finite() || found.labels() != reference.labels()) {
      logitDelta = Double.POSITIVE_INFINITY;
      return;
    }
    logits(reference, found);
    boolean maps = reference.explained() && found.explained();
    for (int label = 0; maps && label < reference.labels(); label++) {
      map(quantised(reference, label), quantised(found, label));
    }
  }

  ParityResult result() {
    return new ParityResult(
        engine,
        new ParityResult.Counts(images, maps, faint),
        leastRank,
        greatestDelta,
        excess,
        new ParityResult.LogitDelta(logitDelta, logitLimit));
  }

  private void logits(Outputs reference, Outputs found) {
    double greatest =
        IntStream.range(0, reference.labels())
            .mapToDouble(label -> Math.abs(reference.logit(label)))
            .max()
            .orElse(0);
    for (int label = 0; label < reference.labels(); label++) {
      double delta = Math.abs((double) reference.logit(label) - found.logit(label));
      logitDelta = Math.max(logitDelta, delta / Math.max(1, greatest));
    }
  }

  private void map(CellGrid reference, CellGrid found) {
    float[] expected = attention(reference);
    float[] actual = attention(found);
    int steps = height(reference);
    double delta = 0;
    for (int cell = 0; cell < expected.length; cell++) {
      delta = Math.max(delta, Math.abs(expected[cell] - actual[cell]));
    }
    greatestDelta = Math.max(greatestDelta, delta);
    excess = Math.max(excess, delta - ParityResult.DELTA - ROUNDING_STEPS / Math.max(1, steps));
    if (steps < FAINT_STEPS) {
      faint++;
    } else {
      maps++;
      leastRank = Math.min(leastRank, RankCorrelation.of(expected, actual).orElse(0));
    }
  }

  private CellGrid quantised(Outputs outputs, int label) {
    return quantiser
        .quantise(outputs.evidence(label), outputs.gridHeight(), outputs.gridWidth())
        .grid();
  }

  private float[] attention(CellGrid evidence) {
    Manifest.Quantisation how = manifest.quantisation();
    CellGrid grid = Attention.max1(evidence, how.floor(), how.subtractMin()).grid();
    short[] cells = grid.cells();
    float[] out = new float[cells.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = cells[i] / (float) (1 << 14);
    }
    return out;
  }

  /** What attention is divided by, in steps of the evidence. */
  private int height(CellGrid evidence) {
    int min = Short.MAX_VALUE;
    int max = 0;
    for (short cell : evidence.cells()) {
      min = Math.min(min, Math.max(cell, 0));
      max = Math.max(max, cell);
    }
    return manifest.quantisation().subtractMin() ? max - min : max;
  }
}

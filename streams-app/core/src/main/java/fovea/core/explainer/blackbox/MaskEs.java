package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.LabelGrids;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code mask-es}: the smallest mask that keeps the score, evolved without gradients from coarse
 * grids to the frame's; 1 is kept, 0 is not needed. Where the image lowers the score below the
 * fill's, the mask keeps what lowers it and the map is its negative: evidence against the label.
 *
 * <p>It minimises {@code (f(x) − f(x ⊙ m)) ÷ (f(x) − f(fill)) + λ · mean(m)}, the preservation game
 * (Fong and Vedaldi, ICCV 2017) relative to what the whole image adds to the fill; where that is
 * nothing (1e-6 of the score or less) the map is 0. It is not MDM (Peng et al., arXiv 2207.08046),
 * whose squared loss says nothing near its optimum and so little to a search without gradients; of
 * MDM it has the masks of several scales, which are added before the sigmoid.
 *
 * <p>Forwards: 2 + labels × (spec − 2) at most. Memory: directions × parameters bytes (64 KB on
 * 14×14) and one batch.
 *
 * @param spec its parameters
 */
public record MaskEs(ExplainerSpec.MaskEs spec) implements Perturbation {
  private static final int BOUNDS = 2;
  private static final double NOTHING = 1e-6;

  @Override
  public int forwards(int labels, int gridHeight, int gridWidth) {
    return BOUNDS + labels * (spec.forwards() - BOUNDS);
  }

  @Override
  public Explained explain(BlackBox model, Question question) {
    model.afford(forwards(question));
    MaskedScores scores = new MaskedScores(model, question, false);
    double[] clean = scores.one(mask(question, 1));
    double[] hidden = scores.one(mask(question, 0));
    float[] out = new float[clean.length * question.cells()];
    for (int l = 0; l < clean.length; l++) {
      double span = clean[l] - hidden[l];
      if (Math.abs(span) > NOTHING * Math.max(1, Math.abs(clean[l]))) {
        MaskObjective objective = new MaskObjective(l, clean[l], span, spec.sparsity());
        float[] found = search(scores, objective, question);
        for (int cell = 0; cell < found.length; cell++) {
          out[l * found.length + cell] = span > 0 ? found[cell] : -found[cell];
        }
      }
    }
    LabelGrids grids =
        new LabelGrids(out, clean.length, question.gridHeight(), question.gridWidth());
    return new Explained(grids, Optional.empty(), scores.forwards());
  }

  /** One generator per label: a label's map does not depend on which others were asked. */
  private float[] search(MaskedScores scores, MaskObjective objective, Question question) {
    int label = question.labels().get(objective.label());
    RandomGenerator random = ImageSeed.generator(spec, question.imageId() + "\n" + label);
    List<MaskScale> scales = MaskScale.of(question, spec.scales());
    return new MaskEvolution(scores, objective, random, question.cells())
        .run(scales, spec.forwards() - BOUNDS);
  }

  private static float[] mask(Question question, float value) {
    float[] out = new float[question.cells()];
    Arrays.fill(out, value);
    return out;
  }
}

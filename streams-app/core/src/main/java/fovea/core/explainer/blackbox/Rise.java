package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * RISE (Petsiuk, Das and Saenko, BMVC 2018) in the centred form, with Bernoulli masks on the
 * frame's own grid: see {@link RiseSums}. Signed, in units of the score.
 *
 * <p>For {@code f = Σ a_i x_i} on cells with fill 0 the expectation is {@code a_i x_i (N − 1) ÷ N}.
 * Forwards: N. Memory: labels × cells × 16 bytes, one batch and its masks.
 *
 * @param spec its parameters
 */
public record Rise(ExplainerSpec.Rise spec) implements Perturbation {

  @Override
  public int forwards(int labels, int gridHeight, int gridWidth) {
    return spec.masks();
  }

  @Override
  public Explained explain(BlackBox model, Question question) {
    RiseSums sums = sums(model, question);
    return new Explained(sums.centred(), Optional.of(sums.standardError()), forwards(question));
  }

  /** The same run with both forms. */
  public RiseSums sums(BlackBox model, Question question) {
    model.afford(forwards(question));
    RandomGenerator random = ImageSeed.generator(spec, question.imageId());
    RiseSums sums = new RiseSums(question, spec.kept());
    Deque<boolean[]> drawn = new ArrayDeque<>();
    float[] cells = new float[question.cells()];
    new MaskedScores(model, question, spec.smooth())
        .score(
            spec.masks(),
            i -> {
              boolean[] mask = draw(random, cells.length);
              drawn.add(mask);
              return floats(mask, cells);
            },
            (i, scores) -> sums.add(drawn.remove(), scores));
    return sums;
  }

  private boolean[] draw(RandomGenerator random, int cells) {
    boolean[] out = new boolean[cells];
    for (int i = 0; i < cells; i++) {
      out[i] = random.nextDouble() < spec.kept();
    }
    return out;
  }

  private static float[] floats(boolean[] mask, float[] into) {
    for (int i = 0; i < mask.length; i++) {
      into[i] = mask[i] ? 1 : 0;
    }
    return into;
  }
}

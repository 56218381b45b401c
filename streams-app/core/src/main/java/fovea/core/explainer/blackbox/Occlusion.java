package fovea.core.explainer.blackbox;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.LabelGrids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Occlusion (Zeiler and Fergus, ECCV 2014): {@code S(cell) = mean over windows that hide it of f(x)
 * − f(x hidden)}, in units of the score; signed.
 *
 * <p>Windows lie on the frame's grid, the last ones flush with its edge. For {@code f = Σ a_i x_i}
 * and windows of one cell S is {@code a_i (x_i − fill)}. Forwards: 1 + windows. Memory: labels ×
 * cells × 8 bytes beside one batch.
 *
 * @param spec its parameters
 */
public record Occlusion(ExplainerSpec.Occlusion spec) implements Perturbation {

  private record Window(int top, int left) {}

  @Override
  public int forwards(int labels, int gridHeight, int gridWidth) {
    return 1 + starts(gridHeight).size() * starts(gridWidth).size();
  }

  @Override
  public Explained explain(BlackBox model, Question question) {
    model.afford(forwards(question));
    List<Window> windows = windows(question);
    int cells = question.cells();
    double[] drops = new double[question.labels().size() * cells];
    int[] covers = new int[cells];
    MaskedScores scores = new MaskedScores(model, question, false);
    double[] clean = scores.one(whole(cells));
    float[] mask = new float[cells];
    scores.score(
        windows.size(),
        i -> hide(windows.get(i), question, mask),
        (i, hidden) -> {
          hide(windows.get(i), question, mask);
          add(mask, clean, hidden, drops);
          for (int cell = 0; cell < cells; cell++) {
            covers[cell] += mask[cell] == 0 ? 1 : 0;
          }
        });
    return new Explained(mean(drops, covers, question), Optional.empty(), scores.forwards());
  }

  private List<Window> windows(Question question) {
    List<Window> out = new ArrayList<>();
    for (int top : starts(question.gridHeight())) {
      for (int left : starts(question.gridWidth())) {
        out.add(new Window(top, left));
      }
    }
    return out;
  }

  private List<Integer> starts(int side) {
    int last = Math.max(0, side - spec.window());
    List<Integer> out = new ArrayList<>();
    for (int at = 0; at < last; at += spec.stride()) {
      out.add(at);
    }
    out.add(last);
    return out;
  }

  private float[] hide(Window window, Question question, float[] mask) {
    Arrays.fill(mask, 1);
    int bottom = Math.min(window.top() + spec.window(), question.gridHeight());
    int right = Math.min(window.left() + spec.window(), question.gridWidth());
    for (int y = window.top(); y < bottom; y++) {
      Arrays.fill(
          mask, y * question.gridWidth() + window.left(), y * question.gridWidth() + right, 0);
    }
    return mask;
  }

  private static void add(float[] mask, double[] clean, double[] hidden, double[] drops) {
    for (int l = 0; l < clean.length; l++) {
      for (int cell = 0; cell < mask.length; cell++) {
        drops[l * mask.length + cell] += mask[cell] == 0 ? clean[l] - hidden[l] : 0;
      }
    }
  }

  private static LabelGrids mean(double[] drops, int[] covers, Question question) {
    float[] out = new float[drops.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (drops[i] / covers[i % covers.length]);
    }
    return new LabelGrids(
        out, question.labels().size(), question.gridHeight(), question.gridWidth());
  }

  private static float[] whole(int cells) {
    float[] out = new float[cells];
    Arrays.fill(out, 1);
    return out;
  }
}

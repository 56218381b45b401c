package fovea.core.explainer.blackbox;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mask grid, coarser than the frame's or as fine, and directions in which it is tried.
 *
 * <p>Directions are rows of a Hadamard matrix with columns dealt and signed at random: any two
 * parameters are tried independently of each other, so a full set of them tells an additive model
 * exactly (orthogonal sampling; Choromanski et al., ICML 2018).
 */
final class MaskScale {
  private final int[] parameter;
  private final int parameters;
  private final int order;

  MaskScale(Question question, int side) {
    int height = Math.min(side, question.gridHeight());
    int width = Math.min(side, question.gridWidth());
    this.parameters = height * width;
    this.order = parameters == 1 ? 1 : Integer.highestOneBit(parameters - 1) << 1;
    this.parameter = new int[question.cells()];
    for (int i = 0; i < parameter.length; i++) {
      int y = i / question.gridWidth();
      int x = i % question.gridWidth();
      parameter[i] = y * height / question.gridHeight() * width + x * width / question.gridWidth();
    }
  }

  /** The scales of a grid, coarse first; what would repeat the grid before it is left out. */
  static List<MaskScale> of(Question question, List<Integer> sides) {
    int most = Math.max(question.gridHeight(), question.gridWidth());
    return sides.stream()
        .map(side -> Math.min(side, most))
        .distinct()
        .map(side -> new MaskScale(question, side))
        .toList();
  }

  int parameters() {
    return parameters;
  }

  /** Parameter of each cell of the frame's grid. */
  int parameter(int cell) {
    return parameter[cell];
  }

  /** Directions of a full set. */
  int order() {
    return order;
  }

  /** {@code count} directions of ±1, one value per parameter. */
  byte[][] directions(int count, RandomGenerator random) {
    int[] rows = dealt(order, random);
    int[] columns = dealt(order, random);
    byte[][] out = new byte[count][parameters];
    for (int i = 0; i < parameters; i++) {
      int sign = random.nextBoolean() ? 1 : -1;
      for (int r = 0; r < count; r++) {
        out[r][i] = (byte) (Integer.bitCount(rows[r] & columns[i]) % 2 == 0 ? sign : -sign);
      }
    }
    return out;
  }

  private static int[] dealt(int n, RandomGenerator random) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      out[i] = out[j];
      out[j] = i;
    }
    return out;
  }
}

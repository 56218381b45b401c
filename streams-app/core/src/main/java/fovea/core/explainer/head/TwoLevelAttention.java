package fovea.core.explainer.head;

import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Hierarchical attention (HAM; Ouyang et al., IEEE TMI 2021): where anything is abnormal, and where
 * each finding is, which should lie inside.
 *
 * <p>Both levels are {@link Attention#max1} maps of one scale, so the ratios are quotients of exact
 * integer sums. A ratio is undefined, which the caller counts, where its denominator is 0.
 *
 * @param abnormality A_ano
 * @param classes A_c, one per label
 */
public record TwoLevelAttention(Attention abnormality, List<Attention> classes) {
  public TwoLevelAttention {
    classes = List.copyOf(classes);
    for (Attention map : classes) {
      if (!alike(map.grid(), abnormality.grid())) {
        throw new IllegalArgumentException(
            "maps of one grid and scale are needed: %s and %s"
                .formatted(map.grid(), abnormality.grid()));
      }
    }
  }

  /** {@code Σ min(A_c, A_ano) ÷ Σ A_c}: 1 where the finding lies inside the abnormal. */
  public OptionalDouble containment(int label) {
    short[] inner = classes.get(label).grid().cells();
    return ratio(inner, abnormality.grid().cells());
  }

  /** {@code Σ min(max_c A_c, A_ano) ÷ Σ A_ano}: 1 where findings explain all that is abnormal. */
  public OptionalDouble union() {
    short[] outer = abnormality.grid().cells();
    short[] max = new short[outer.length];
    for (Attention map : classes) {
      short[] cells = map.grid().cells();
      for (int i = 0; i < max.length; i++) {
        max[i] = (short) Math.max(max[i], cells[i]);
      }
    }
    return ratio(outer, max);
  }

  private static OptionalDouble ratio(short[] of, short[] within) {
    long shared = 0;
    long sum = 0;
    for (int i = 0; i < of.length; i++) {
      shared += Math.min(of[i], within[i]);
      sum += of[i];
    }
    return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) shared / sum);
  }

  private static boolean alike(CellGrid a, CellGrid b) {
    return a.height() == b.height()
        && a.width() == b.width()
        && a.scaleExponent() == b.scaleExponent();
  }
}

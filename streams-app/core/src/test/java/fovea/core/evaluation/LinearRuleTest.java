package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearRuleTest {
  @Test
  void findsTheWeightsThatMadeTheLabels() {
    Random random = new Random(3);
    List<double[]> cases = new ArrayList<>();
    boolean[] present = new boolean[4000];
    for (int i = 0; i < present.length; i++) {
      double[] x = {random.nextGaussian(), 10 * random.nextGaussian() + 3, random.nextGaussian()};
      cases.add(x);
      present[i] = random.nextDouble() < 1 / (1 + Math.exp(-(1.5 * x[0] - 0.2 * (x[1] - 3) + 0.5)));
    }

    LinearRule rule = LinearRule.learn(cases, present, 1e-3);

    double base = rule.score(new double[] {0, 3, 0});
    // Standard errors are about 0.05, 0.006 and 0.04.
    assertThat(base).isCloseTo(0.5, within(0.15));
    assertThat(rule.score(new double[] {1, 3, 0}) - base).isCloseTo(1.5, within(0.2));
    assertThat(rule.score(new double[] {0, 4, 0}) - base).isCloseTo(-0.2, within(0.025));
    assertThat(rule.score(new double[] {0, 3, 1}) - base).isCloseTo(0, within(0.15));
  }

  @Test
  void separableCasesAndConstantFeaturesDoNotBreakIt() {
    List<double[]> cases = List.of(new double[] {0, 7}, new double[] {1, 7});

    LinearRule rule = LinearRule.learn(cases, new boolean[] {false, true}, 1);

    assertThat(rule.score(cases.get(1))).isGreaterThan(rule.score(cases.get(0)));
    assertThatThrownBy(() -> LinearRule.learn(cases, new boolean[1], 1))
        .hasMessageContaining("2 cases, 1 truths");
  }
}

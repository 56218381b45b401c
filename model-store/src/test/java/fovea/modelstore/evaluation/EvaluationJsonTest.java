package fovea.modelstore.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.evaluation.Figure;
import fovea.core.evaluation.Interval;
import fovea.modelstore.evaluation.Protocol.Atlas;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationJsonTest {
  private static final DataSet SET =
      new DataSet("here", "labels.csv", "label", "patient", Map.of("x", "y"), List.of("sex"));
  private static final Evaluation EVALUATION =
      new Evaluation(
          new Protocol(
              SET, Optional.of(SET), Optional.of(new Atlas("m", "@.png", "lungs")), 121.5f, 100, 3),
          List.of(
              new Figure("auc", "A", new Interval(0.9, 0.8, 0.95), 10, 5),
              new Figure("receptiveField", "", Interval.point(76), 0, 0)));

  @Test
  void whatWasWrittenIsRead() {
    assertThat(EvaluationJson.read(EvaluationJson.write(EVALUATION))).isEqualTo(EVALUATION);
    assertThatThrownBy(() -> EvaluationJson.read("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCardThatSaysSomethingElseIsFound() {
    Evaluation other =
        new Evaluation(
            EVALUATION.protocol(),
            List.of(
                new Figure("auc", "A", new Interval(0.91, 0.8, 0.95), 10, 5),
                EVALUATION.figures().get(1)));
    CardCheck check = new CardCheck(EVALUATION, 0.003);

    assertThat(check.differences(EVALUATION, "text figures", "figures")).isEmpty();
    assertThat(check.differences(other, "text figures", "figures"))
        .singleElement()
        .asString()
        .contains("auc A", "0.91");
    assertThat(check.differences(EVALUATION, "text", "figures"))
        .singleElement()
        .asString()
        .contains("does not say");
  }
}

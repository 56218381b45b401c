package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingsJsonTest {
  private static final Readings ALL =
      new Readings(
          Optional.of(
              new Readings.Prototypes(
                  3, List.of("one", "two"), List.of(List.of(0.1f, -2.5f), List.of(1e-7f, 3f)))),
          Optional.of(lesions(new LesionPooling.LogSumExp(6), weighted())),
          Optional.of("abnormal"));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(ReadingsJson.read(ReadingsJson.write(ALL))).isEqualTo(ALL);
    assertThat(ReadingsJson.read(ReadingsJson.write(Readings.NONE)).isEmpty()).isTrue();
    for (LesionPooling pooling :
        List.of(new LesionPooling.GreatestCell(), new LesionPooling.MeanOfTop(4))) {
      Readings or = of(lesions(pooling, new Diagnosis.NoisyOr()));
      assertThat(ReadingsJson.read(ReadingsJson.write(or))).isEqualTo(or);
    }
  }

  @Test
  void prototypesNeedNoMoreThanWhatTheirModelDoesNotSay() {
    Readings read = read("{'prototypes':{'names':['a','b']}}");

    assertThat(read.prototypes())
        .contains(new Readings.Prototypes(5, List.of("a", "b"), List.of()));
    assertThat(read.prototypes().orElseThrow().count()).isEqualTo(2);
  }

  @Test
  void whatIsWrongIsNamed() {
    assertRefused("{'prototypes':{'top':0}}", "top must be 1..64: 0");
    assertRefused("{'prototypes':{'weights':[[1,2],[1]]}}", "weights in rows of [2, 1]");
    assertRefused("{'prototypes':{'weights':[1]}}", "prototypes.weights[0] must be a list: 1");
    assertRefused("{'prototype':{}}", "unknown field: prototype");
    assertRefused(lesions("'max'", "'noisy-or'"), "lesions.pooling must be greatest-cell");
    assertRefused(lesions("'log-sum-exp'", "'noisy-or'"), "log-sum-exp r=…");
    assertRefused(lesions("'mean-of-top k=0'", "'noisy-or'"), "mean-of-top k=…");
    assertRefused(lesions("'greatest-cell'", "'and'"), "must be weighted or noisy-or: 'and'");
    assertRefused(
        lesions("'greatest-cell'", "'weighted','bias':0,'weights':[1]"), "1 weights for 2 lesions");
    assertRefused(
        lesions("'greatest-cell'", "'weighted','bias':0,'weights':[1,-1]"),
        "weights must not be negative");
    assertRefused("[]", "must be an object");
  }

  private static String lesions(String pooling, String diagnosis) {
    return "{'lesions':{'names':['a','b'],'label':'ill','pooling':%s,'diagnosis':%s}}"
        .formatted(pooling, diagnosis);
  }

  private static void assertRefused(String json, String reason) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(reason);
  }

  private static Readings read(String json) {
    return ReadingsJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static Readings of(Readings.Lesions lesions) {
    return new Readings(Optional.empty(), Optional.of(lesions), Optional.empty());
  }

  private static Readings.Lesions lesions(LesionPooling pooling, Diagnosis diagnosis) {
    return new Readings.Lesions(
        List.of("drusen", "haemorrhage"), "ill", new LesionModel(pooling, diagnosis));
  }

  private static Diagnosis weighted() {
    return new Diagnosis.Weighted(List.of(1.5, 0.0), -0.25);
  }
}

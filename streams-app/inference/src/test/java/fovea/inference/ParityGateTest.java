package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.inference.Classifier;
import fovea.core.inference.Outputs;
import fovea.modelstore.StoredModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityGateTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path folder;
  private StoredModel model;

  @BeforeEach
  void writeModel() {
    model = WrittenModel.sigmoid(folder);
  }

  @Test
  void roundingToHalfPrecisionPassesAndIsMeasured() {
    ParityResult parity = ready(SimulatedEngine::halved);

    assertThat(parity.engine()).isEqualTo("TensorRT fp16");
    assertThat(parity.counts().maps()).isPositive();
    assertThat(parity.leastRank()).isBetween(ParityResult.RANK, 1.0);
    assertThat(parity.greatestDelta()).isBetween(1e-6, ParityResult.DELTA);
    assertThat(parity.logit().greatest()).isBetween(1e-6, 1e-2);
    assertThat(parity.objection()).isEmpty();
  }

  @Test
  void shuffledCellsAreRefusedWithTheNumbersThoughLogitsAgree() {
    assertThat(refusal(SimulatedEngine::shuffled))
        .contains("parity with the CPU in fp32")
        .contains("least rank correlation of attention")
        .contains("(allowed 0.99)")
        .contains("of logits 0");
  }

  @Test
  void mapThatIsOffByMoreThanTheLimitIsRefusedThoughItsMeanIsTheSame() {
    assertThat(ready(SimulatedEngine.weakened(0.002f)).greatestDelta()).isBetween(1e-4, 0.02);
    assertThat(refusal(SimulatedEngine.weakened(0.2f)))
        .contains("greatest difference of attention");
  }

  @Test
  void logitsBeyondThePrecisionsToleranceAreRefused() {
    assertThat(ready(SimulatedEngine.off(0.004f)).logit().greatest())
        .isCloseTo(0.004, within(3e-3));
    assertThat(refusal(SimulatedEngine.off(0.5f))).contains("logits");
  }

  @Test
  void infinityIsRefusedAndNotRounded() {
    UnaryOperator<Outputs> overflow =
        o ->
            new Outputs(
                new float[] {Float.POSITIVE_INFINITY, 0}, new float[32], new float[2], 4, 4);

    assertThat(refusal(overflow)).contains("parity");
  }

  @Test
  void cpuInFp32IsTheReferenceAndIsComparedWithNothing() {
    Loading loading = new ModelLoader(InferenceConfig.defaults(), live(1)).load(model);

    try (Classifier classifier = ((Loading.Ready) loading).classifier()) {
      assertThat(((Loading.Ready) loading).parity()).isEmpty();
      assertThat(classifier).isInstanceOf(DjlClassifier.class);
      assertThat(meters.getMeters()).isEmpty();
    }
  }

  @Test
  void mapsOfAFewStepsAreFaintAndAllowedTheirRounding() {
    MapParity parity = new MapParity(model.manifest(), "TensorRT fp16", 1e-2);
    float step = 1f / 1024;

    parity.add(outputs(20 * step, 10 * step), outputs(20 * step, 11 * step));

    assertThat(parity.result().counts().faint()).isEqualTo(2);
    assertThat(parity.result().greatestDelta()).isGreaterThan(ParityResult.DELTA);
    assertThat(parity.result().objection()).isEmpty();
    parity.add(outputs(20 * step, 10 * step), outputs(20 * step, 14 * step));
    assertThat(parity.result().objection()).isPresent();
  }

  @Test
  void mapThatIsEmptyOnOneEngineOnlyIsRefused() {
    MapParity parity = new MapParity(model.manifest(), "TensorRT fp16", 1e-2);

    parity.add(outputs(1, 0.5f), outputs(0, 0));

    assertThat(parity.result().objection()).isPresent();
  }

  private static Outputs outputs(float first, float second) {
    float[] evidence = new float[32];
    for (int label = 0; label < 2; label++) {
      evidence[16 * label + 3] = first;
      evidence[16 * label + 4] = second;
    }
    return new Outputs(new float[2], evidence, new float[2], 4, 4);
  }

  private ParityResult ready(UnaryOperator<Outputs> change) {
    Loading loading = load(change);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    Loading.Ready ready = (Loading.Ready) loading;
    ready.classifier().close();
    return ready.parity().orElseThrow();
  }

  private String refusal(UnaryOperator<Outputs> change) {
    Loading loading = load(change);
    assertThat(loading).isInstanceOf(Loading.Refused.class);
    return ((Loading.Refused) loading).reason();
  }

  private Loading load(UnaryOperator<Outputs> change) {
    EngineRoom cpu = new OnnxEngine(InferenceConfig.defaults());
    return new ModelLoader(SimulatedEngine.room(change), cpu, live(0)).load(model);
  }

  private LivePlan live(int every) {
    return new LivePlan(every, meters);
  }
}

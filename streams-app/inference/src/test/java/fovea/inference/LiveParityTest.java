package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveParityTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path folder;
  private StoredModel model;

  @BeforeEach
  void writeModel() {
    model = WrittenModel.sigmoid(folder);
  }

  @Test
  void everySoManythImageIsComparedWhateverTheBatches() {
    try (Classifier live = live(SimulatedEngine::halved, UnaryOperator.identity())) {
      for (int count : new int[] {1, 1, 3, 2, 4, 1}) {
        Calls.run(live, images(count));
        settle();
      }
    }
    // Images 3, 6, 9 and 12 of twelve, each in a batch of its own.
    assertThat(counted("images")).isEqualTo(4);
    assertThat(counted("exceeded")).isZero();
    assertThat(meters.get("fovea.parity.attention.delta").summary().max()).isBetween(1e-7, 0.02);
  }

  @Test
  void imageThatDiffersIsCountedAndStillAnswered() {
    try (Classifier live = live(SimulatedEngine::shuffled, UnaryOperator.identity())) {
      assertThat(Calls.run(live, images(3))).hasSize(3);
      settle();
    }
    assertThat(counted("exceeded")).isEqualTo(1);
    assertThat(meters.get("fovea.parity.rank.loss").summary().max()).isGreaterThan(0.01);
  }

  @Test
  void comparedImageIsTheOneThatWasAskedEvenIfItsMemoryIsUsedAgain() {
    ImageBatch batch = images(3);
    try (Classifier live = live(SimulatedEngine::halved, UnaryOperator.identity())) {
      live.classify(batch).toCompletableFuture().join();
      batch.bytes().put(new byte[batch.bytes().capacity()]);
      settle();
    }
    assertThat(counted("images")).isEqualTo(1);
    assertThat(counted("exceeded")).isZero();
  }

  @Test
  void callersNeverWaitForTheComparison() {
    Gate gate = new Gate();
    try (Classifier live = live(SimulatedEngine::halved, cpu -> gate)) {
      for (int i = 0; i < 5; i++) {
        assertThat(Calls.run(live, images(3))).hasSize(3);
      }
      await().until(() -> counted("left.out") >= 3);
      gate.open.complete(List.of());
    }
    assertThat(counted("left.out") + counted("failed")).isEqualTo(5);
    assertThat(counted("images")).isZero();
  }

  /** A reference that hangs, and then fails. */
  private static final class Gate implements Classifier {
    private final CompletableFuture<List<Outputs>> open = new CompletableFuture<>();

    @Override
    public EngineReport engine() {
      return new EngineReport("OnnxRuntime", "CPU", "fp32", "1", List.of());
    }

    @Override
    public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
      return open.thenApply(
          nothing -> {
            throw new InferenceException("the reference failed", new IllegalStateException());
          });
    }

    @Override
    public void close() {}
  }

  private void settle() {
    await().until(() -> counted("images") + counted("failed") == due());
  }

  private double due() {
    return Math.floor(asked / 3.0);
  }

  private int asked;

  private Classifier live(UnaryOperator<Outputs> change, UnaryOperator<Classifier> reference) {
    EngineRoom cpu = new OnnxEngine(InferenceConfig.defaults());
    GraphContract contract =
        GraphContract.of(model.manifest(), OnnxGraph.read(model.read(StoredModel.ONNX)));
    GraphFile graph = GraphFile.of(model, contract);
    ParityGate gate = new ParityGate(model.manifest(), contract);
    Function<EngineReport, MapParity> parity = gate::parity;
    return new LiveParity(
        new LiveParity.Pair(
            new SimulatedEngine(cpu.open(graph, contract), change),
            reference.apply(cpu.open(graph, contract))),
        parity,
        3,
        new ParityMeters(model.ref(), meters));
  }

  private ImageBatch images(int count) {
    asked += count;
    return new SeededImages(Graphs.input()).batch(count);
  }

  private double counted(String name) {
    return meters.get("fovea.parity." + name).counter().count();
  }
}

package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
  private static final List<Float> OFFSET = List.of(Graphs.OFFSET[0], Graphs.OFFSET[1]);
  private final ModelLoader loader = new ModelLoader(InferenceConfig.defaults());
  @TempDir private Path folder;

  @Test
  void modelThatKeepsItsContractIsReady() {
    try (Classifier classifier = ready(net(OnnxGraph.FREE))) {
      Outputs outputs = Calls.run(classifier, images(1)).getFirst();

      assertThat(outputs.finite()).isTrue();
      assertThat(outputs.gridHeight()).isEqualTo(4);
      assertThat(outputs.offset(1)).isEqualTo(-1.25f);
      assertThat(outputs.residual()).isLessThan(1e-5);
      assertThat(classifier.engine().engine()).isEqualTo("OnnxRuntime");
      assertThat(classifier.engine().provider()).isEqualTo("CPU");
      assertThat(classifier.engine().runtimeVersion()).isEqualTo("1.29.0");
    }
  }

  @Test
  void batchGivesWhatEachImageGivesAlone() {
    try (Classifier classifier = ready(net(OnnxGraph.FREE))) {
      ImageBatch batch = images(5);

      List<Outputs> together = Calls.run(classifier, batch);

      assertThat(together).hasSize(5);
      for (int i = 0; i < 5; i++) {
        ImageBatch alone = images(1);
        alone.image(0).put(batch.image(i));
        Outputs one = Calls.run(classifier, alone).getFirst();
        assertThat(together.get(i).logits()).containsExactly(one.logits(), within(1e-5f));
        assertThat(together.get(i).evidence(1)).containsExactly(one.evidence(1), within(1e-5f));
      }
      assertThat(together.get(0).logits()).isNotEqualTo(together.get(1).logits());
    }
  }

  @Test
  void graphOfFixedBatchRunsImagesOneByOne() {
    try (Classifier free = ready(net(OnnxGraph.FREE));
        Classifier fixed = ready(net(1, "fixed"))) {
      List<Outputs> expected = Calls.run(free, images(3));

      List<Outputs> found = Calls.run(fixed, images(3));

      for (int i = 0; i < 3; i++) {
        assertThat(found.get(i).logits()).containsExactly(expected.get(i).logits(), within(1e-5f));
      }
    }
  }

  @Test
  void offsetMayBeAnOutputOfTheGraph() {
    Manifest manifest = Graphs.manifest("m", Link.SIGMOID, List.of());
    Map<String, String> outputs = new LinkedHashMap<>(manifest.outputs());
    outputs.put("offset", "offset");
    StoredModel model = write(Graphs.withOutputs(manifest, outputs), Graphs.netWithOffsetOutput());

    try (Classifier classifier = ready(model)) {
      List<Outputs> images = Calls.run(classifier, images(2));

      assertThat(images.get(0).residual()).isLessThan(1e-5);
      assertThat(images.get(0).offset(0)).isNotEqualTo(images.get(1).offset(0));
    }
  }

  @Test
  void concurrentCallersEachGetTheirOwnImage() throws Exception {
    try (Classifier classifier = ready(net(OnnxGraph.FREE));
        ExecutorService callers = Executors.newFixedThreadPool(8)) {
      ImageBatch all = images(8);
      List<Outputs> expected = Calls.run(classifier, all);
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int image = i;
        calls.add(() -> sameOverAndOver(classifier, all, image, expected.get(image)));
      }

      for (Future<Boolean> result : callers.invokeAll(calls)) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @Test
  void closingWaitsForRunningCallsAndRefusesLaterOnes() throws Exception {
    Classifier classifier = ready(net(OnnxGraph.FREE));
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(callers.submit(() -> callsUntilClosed(classifier)));
      }

      Calls.run(classifier, images(4));
      classifier.close();
      classifier.close();

      for (Future<Integer> calls : running) {
        assertThat(calls.get()).isNotNegative();
      }
    }
    assertThatThrownBy(() -> Calls.run(classifier, images(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void imagesOfAnotherSizeAreACallersMistake() {
    try (Classifier classifier = ready(net(OnnxGraph.FREE))) {
      ImageBatch other = new ImageBatch(1, 3, 8, 8);

      assertThatThrownBy(() -> Calls.run(classifier, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the model takes 3x16x16, the batch holds 3x8x8");
    }
  }

  @Test
  void tamperedGraphIsRefusedBeforeItIsLoaded() throws IOException {
    StoredModel model = net(OnnxGraph.FREE);
    byte[] graph = Files.readAllBytes(model.onnx());
    graph[graph.length / 2] ^= 1;
    Files.write(model.onnx(), graph);

    assertRefused(model, "m/1: SHA-256 of model.onnx is ");
  }

  @Test
  void fileThatIsNoGraphIsRefused() {
    assertRefused(write(manifest("m"), new byte[] {1, 2, 3}), "m/1: not an ONNX model");
  }

  @Test
  void graphWithUnknownOperatorIsRefusedByTheEngine() {
    var b = new OnnxGraphBuilder("odd");
    String x = b.input("image", OnnxGraph.FREE, 3, 16, 16);
    b.output(b.operation("NoSuchOperator", x), "logits", OnnxGraph.FREE, 2);
    b.output(x, "evidence", OnnxGraph.FREE, 2, 16, 16);

    assertRefused(write(manifest("m"), b.build()), "the engine does not load the graph: ");
  }

  @Test
  void manifestThatTellsAnotherGraphIsRefused() {
    Manifest m = manifest("m");

    Manifest.Input in = m.input();
    Manifest.Input wide = new Manifest.Input(in.name(), 3, 16, 32, "NCHW", in.mean(), in.std());
    assertRefused(
        write(Graphs.withInput(m, wide), Graphs.net(OnnxGraph.FREE)),
        "the input must be image float[?,3,16,32], the graph has image float[?,3,16,16]");
    Manifest prob =
        Graphs.withOutputs(manifest("n"), Map.of("logits", "prob", "evidence", "evidence"));
    assertRefused(
        write(prob, Graphs.net(OnnxGraph.FREE)),
        "the graph has no output 'prob' (logits), it has [logits float[?,2],");
  }

  @Test
  void modelThatComputesSomethingElseFailsParity() {
    byte[] graph = Graphs.net(OnnxGraph.FREE);
    Map<String, byte[]> files =
        new LinkedHashMap<>(WrittenModel.parity(folder, manifest("m"), graph));
    files.computeIfPresent(
        "parity/evidence.f32",
        (name, floats) -> {
          floats[6] ^= 0x40;
          return floats;
        });
    files.put("model.onnx", graph);
    StoredModel model = new ModelWriter(store()).write(manifest("m"), files);

    assertRefused(model, "parity: evidence[1] is ");
  }

  @Test
  void modelWithoutParityVectorsIsRefused() {
    StoredModel model =
        new ModelWriter(store())
            .write(manifest("m"), Map.of("model.onnx", Graphs.net(OnnxGraph.FREE)));

    assertRefused(model, "the manifest lists no file parity/parity.json");
  }

  @Test
  void evidenceThatDoesNotExplainTheLogitsIsRefused() {
    assertRefused(
        write(manifest("m"), Graphs.unfaithful()), "logits are not mean(evidence) + offset");
  }

  @Test
  void wrongOffsetIsRefused() {
    Manifest manifest = Graphs.manifest("m", Link.SIGMOID, List.of(0f, 0f));

    assertRefused(
        write(manifest, Graphs.net(OnnxGraph.FREE)), "logits are not mean(evidence) + offset");
  }

  @Test
  void softmaxEvidenceThatIsNoContrastIsRefused() {
    Manifest manifest = Graphs.manifest("m", Link.SOFTMAX, OFFSET);

    assertRefused(
        write(manifest, Graphs.net(OnnxGraph.FREE)), "softmax evidence must sum to 0 over labels");
  }

  @Test
  void graphThatGivesMoreThanTensorsIsRefused() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("sequence");
    String x = b.input("image", OnnxGraph.FREE, 3, 16, 16);
    String e = b.averagePool(b.conv(x, ones(b), new Window(1, 1, 0), 1), new Window(4, 4, 0));
    b.output(b.flatten(b.globalAveragePool(e)), "logits", OnnxGraph.FREE, 2);
    b.output(e, "evidence", OnnxGraph.FREE, 2, 4, 4);
    String sequence = b.operation("SequenceConstruct", e);
    OnnxMl.ModelProto.Builder model = parsed(b.build());
    model.getGraphBuilder().addOutput(OnnxMl.ValueInfoProto.newBuilder().setName(sequence));

    assertThat(loader.load(write(manifest("m"), model.build().toByteArray())))
        .isInstanceOf(Loading.Refused.class);
  }

  private static String ones(OnnxGraphBuilder b) {
    return b.weights("ones", new float[] {1, 1, 1, 1, 1, 1}, 2, 3, 1, 1);
  }

  private static OnnxMl.ModelProto.Builder parsed(byte[] onnx) {
    try {
      return OnnxMl.ModelProto.parseFrom(onnx).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void modelThatGivesNanIsRefused() {
    assertRefused(write(manifest("m"), Graphs.nan()), "parity: logits[0] is NaN");
  }

  private static boolean sameOverAndOver(
      Classifier classifier, ImageBatch all, int image, Outputs expected) {
    ImageBatch mine = images(1);
    mine.image(0).put(all.image(image));
    for (int i = 0; i < 200; i++) {
      Outputs found = Calls.run(classifier, mine).getFirst();
      if (Math.abs(found.logit(0) - expected.logit(0)) > 1e-5) {
        return false;
      }
    }
    return true;
  }

  private static int callsUntilClosed(Classifier classifier) {
    ImageBatch mine = images(1);
    for (int calls = 0; ; calls++) {
      try {
        Calls.run(classifier, mine);
      } catch (IllegalStateException closed) {
        return calls;
      } catch (InferenceException broken) {
        return -1;
      }
    }
  }

  private static ImageBatch images(int count) {
    return new SeededImages(Graphs.input()).batch(count);
  }

  private StoredModel net(long batch) {
    return net(batch, "m");
  }

  private StoredModel net(long batch, String id) {
    return write(manifest(id), Graphs.net(batch));
  }

  private static Manifest manifest(String id) {
    return Graphs.manifest(id, Link.SIGMOID, OFFSET);
  }

  private Classifier ready(StoredModel model) {
    Loading loading = loader.load(model);
    assertThat(loading).isInstanceOf(Loading.Ready.class);
    return ((Loading.Ready) loading).classifier();
  }

  private void assertRefused(StoredModel model, String reason) {
    assertThat(loader.load(model))
        .isInstanceOfSatisfying(
            Loading.Refused.class, refused -> assertThat(refused.reason()).contains(reason));
  }

  private ModelStore store() {
    return ModelStore.at(folder);
  }

  private StoredModel write(Manifest manifest, byte[] graph) {
    return WrittenModel.write(folder, manifest, graph);
  }
}

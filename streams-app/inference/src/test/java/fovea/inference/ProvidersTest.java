package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.Outputs;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  private static final List<Provider> ALL = List.of(Provider.TENSORRT, Provider.CUDA, Provider.CPU);
  private static final String SHA = "ab".repeat(32);
  @TempDir private Path folder;
  private StoredModel model;

  @BeforeEach
  void writeModel() {
    model = WrittenModel.sigmoid(folder);
  }

  @Test
  void withoutGpuTheCpuRunsAndEverySkippedProviderHasItsReason() {
    assumeNoGpu();
    for (String engine : List.of("TensorRT", "OnnxRuntime")) {
      EngineReport report = report(config(engine, ALL, false, Precision.FP32));

      assertThat(report.engine()).isEqualTo(engine);
      assertThat(report.provider()).isEqualTo("CPU");
      assertThat(report.precision()).isEqualTo("fp32");
      assertThat(report.skipped()).hasSize(2);
      assertThat(report.skipped().get(0)).matches("TensorRT: .{10,}");
      assertThat(report.skipped().get(1)).matches("CUDA: .{10,}");
    }
  }

  @Test
  void precisionThatOnlyTensorRtHasIsSaidToBeMissing() {
    assumeNoGpu();
    EngineReport report = report(config("TensorRT", ALL, false, Precision.FP16));

    assertThat(report.precision()).isEqualTo("fp32");
    assertThat(report.skipped()).last().asString().contains("fp16").contains("only TensorRT");
  }

  @Test
  void requiredProviderThatDoesNotLoadRefusesTheModel() {
    assumeNoGpu();
    Loading loading = new ModelLoader(config("TensorRT", ALL, true, Precision.FP32)).load(model);

    assertThat(loading).isInstanceOf(Loading.Refused.class);
    assertThat(((Loading.Refused) loading).reason())
        .contains("TensorRT: ")
        .doesNotContain("CUDA: ")
        .contains("m/1");
  }

  @Test
  void noProviderThatLoadsRefusesTheModelWithAllReasons() {
    assumeNoGpu();
    List<Provider> gpus = List.of(Provider.TENSORRT, Provider.CUDA);
    Loading loading =
        new ModelLoader(config("OnnxRuntime", gpus, false, Precision.FP32)).load(model);

    assertThat(((Loading.Refused) loading).reason()).contains("TensorRT: ").contains("CUDA: ");
  }

  @Test
  void djlFindsTheEngineByNameAndRunsAModelOnWhatThereIs() throws Exception {
    assertThat(new OnnxEngine(InferenceConfig.defaults()).load(model.onnx()).report().provider())
        .isEqualTo("CPU");
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelPath(model.onnx())
            .optEngine("TensorRT")
            .build();
    try (ZooModel<NDList, NDList> loaded = criteria.loadModel();
        var predictor = loaded.newPredictor()) {
      var manager = loaded.getNDManager();
      NDList outputs =
          predictor.predict(new NDList(manager.create(new float[768], new Shape(1, 3, 16, 16))));

      assertThat(outputs.get("logits").getShape()).isEqualTo(new Shape(1, 2));
      assertThat(loaded.getProperty("provider")).isIn("CPU", "CUDA", "TensorRT");
    }
  }

  @Test
  void enginesAreKeptByAllTheyDependOn() {
    EngineCache cache = new EngineCache(folder, "1.29.0", "NVIDIA H200 sm90 TensorRT 10.13.3");

    Path one = cache.engines(SHA, Precision.FP16, "batch-1-16");

    assertThat(Files.isDirectory(one)).isTrue();
    assertThat(folder.relativize(one))
        .hasToString("ort-1.29.0-NVIDIA-H200-sm90-TensorRT-10.13.3/" + SHA + "/fp16-batch-1-16");
    assertThat(
            List.of(
                cache.engines(SHA, Precision.BF16, "batch-1-16"),
                cache.engines(SHA, Precision.FP16, "batch-1-8"),
                cache.engines("cd".repeat(32), Precision.FP16, "batch-1-16"),
                new EngineCache(folder, "1.30.0", "x").engines(SHA, Precision.FP16, "batch-1-16")))
        .doesNotHaveDuplicates()
        .doesNotContain(one);
    assertThat(cache.timings().resolveSibling(SHA)).isEqualTo(one.getParent());
  }

  @Test
  void engineIsFittedToTheBatchersSizes() {
    GraphFile open = new GraphFile(model.onnx(), Optional.of(SHA), Optional.of(Graphs.input()));
    InferenceConfig config = config("TensorRT", ALL, false, Precision.BF16);

    assertThat(new SessionPlan(config).tensorRt(GraphFile.of(model.onnx())))
        .containsEntry("trt_bf16_enable", "1")
        .containsEntry("trt_fp16_enable", "0")
        .doesNotContainKey("trt_profile_max_shapes");
    assertThat(BatchProfile.of(open, config.gpu()).orElseThrow().options())
        .containsEntry("trt_profile_min_shapes", "image:1x3x16x16")
        .containsEntry("trt_profile_opt_shapes", "image:32x3x16x16")
        .containsEntry("trt_profile_max_shapes", "image:32x3x16x16");
  }

  @Test
  void batchesBeyondWhatAnEngineIsFittedToAreRunInParts() {
    GraphContract contract =
        GraphContract.of(model.manifest(), OnnxGraph.read(model.read(StoredModel.ONNX)));
    OnnxEngine cpu = new OnnxEngine(InferenceConfig.defaults());
    LoadedGraph any = cpu.load(model.onnx());
    LoadedGraph fitted = new LoadedGraph(any.model(), any.report(), 2);
    try (Classifier whole = new DjlClassifier(cpu.load(model.onnx()), contract);
        Classifier parts = new DjlClassifier(fitted, contract)) {
      List<Outputs> expected = Calls.run(whole, new SeededImages(Graphs.input()).batch(5));
      List<Outputs> found = Calls.run(parts, new SeededImages(Graphs.input()).batch(5));

      assertThat(found).hasSize(5);
      for (int i = 0; i < 5; i++) {
        assertThat(found.get(i).logits()).containsExactly(expected.get(i).logits(), within(1e-5f));
      }
    }
  }

  @Test
  void gpuMemoryIsBoundedWhereAsked() {
    InferenceConfig plain = config("OnnxRuntime", ALL, false, Precision.FP32);
    GpuPlan bounded = new GpuPlan(folder, true, true, 8, 1L << 30, 1L << 28);
    InferenceConfig limited =
        new InferenceConfig("OnnxRuntime", ALL, false, Precision.FP32, plain.cpu(), bounded);

    assertThat(new SessionPlan(plain).cuda())
        .containsEntry("use_tf32", "0")
        .doesNotContainKey("gpu_mem_limit");
    assertThat(new SessionPlan(limited).cuda()).containsEntry("gpu_mem_limit", "1073741824");
    assertThat(new SessionPlan(limited).tensorRt(GraphFile.of(model.onnx())))
        .containsEntry("trt_max_workspace_size", "268435456");
  }

  @Test
  void configurationThatCannotRunIsRefusedByName() {
    assertThatThrownBy(() -> config("PyTorch", ALL, false, Precision.FP32))
        .hasMessageContaining("PyTorch");
    assertThatThrownBy(() -> config("OnnxRuntime", List.of(), false, Precision.FP32))
        .hasMessageContaining("inference.providers");
    assertThatThrownBy(() -> config("OnnxRuntime", List.of(Provider.CPU), false, Precision.FP16))
        .hasMessageContaining("needs tensorrt");
    assertThatThrownBy(() -> Provider.of("tpu")).hasMessageContaining("'tpu'");
    assertThatThrownBy(() -> Precision.of("fp8")).hasMessageContaining("'fp8'");
    assertThatThrownBy(() -> new LivePlan(-1, new SimpleMeterRegistry()))
        .hasMessageContaining("-1");
  }

  @Test
  void versionOfTensorRtIsReadFromItsOneNumber() {
    assertThat(Nvidia.tensorRtVersion(101303)).isEqualTo("10.13.3");
    assertThat(Nvidia.identity()).contains("TensorRT");
  }

  private static void assumeNoGpu() {
    assumeTrue(Nvidia.gpu().isEmpty(), "this machine has a GPU");
  }

  private EngineReport report(InferenceConfig config) {
    LoadedGraph loaded = new OnnxEngine(config).load(model.onnx());
    loaded.model().close();
    return loaded.report();
  }

  private InferenceConfig config(
      String engine, List<Provider> providers, boolean required, Precision precision) {
    return new InferenceConfig(
        engine,
        providers,
        required,
        precision,
        new InferenceConfig.CpuPlan(1, true),
        GpuPlan.of(folder, 32));
  }
}

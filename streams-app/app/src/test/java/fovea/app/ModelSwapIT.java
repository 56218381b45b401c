package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.app.wiring.Registries;
import fovea.inference.Adding;
import fovea.inference.InferenceConfig;
import fovea.inference.InputSpec;
import fovea.inference.ModelAdd;
import fovea.inference.Probing;
import fovea.modelstore.Link;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import fovea.modelstore.StoredModel;
import fovea.schema.Explanation;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of a model that take turns while images arrive. */
class ModelSwapIT {
  private static final int SWAPS = 20;
  private static final int IMAGES = 600;

  @TempDir private Path folder;

  /** Version k's graph adds k to its logit, and all images are the same. */
  @Test
  void twentySwapsUnderLoadFailNothingLoseNothingAndEveryRecordNamesWhatRan() throws Exception {
    images();
    Map<String, String> shas = new HashMap<>();
    StoredModel first = added(1);
    shas.put("1", first.sha256());
    try (RunningFovea fovea =
        RunningFovea.start(
            folder.resolve("data"),
            Map.of("models.store", store().toString(), "models.serve", "swapped"))) {
      CompletableFuture<CliResult> load = CompletableFuture.supplyAsync(() -> ingest(fovea));
      for (int version = 2; version <= SWAPS + 1; version++) {
        shas.put(String.valueOf(version), added(version).sha256());
        fovea.reloadModels();
      }
      // What comes after the last swap meets the last version, however fast the load was.
      CliResult rest = ingest(fovea);
      CliResult result = load.join();

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(rest.code()).as(rest.err()).isZero();
      assertThat(result.json().path("explained").asInt()).isEqualTo(IMAGES);
      assertThat(rest.json().path("explained").asInt()).isEqualTo(IMAGES);
      assertThat(fovea.deadLetters()).isEmpty();
      assertRecords(explanations(fovea), shas);
    }
  }

  private static void assertRecords(List<Explanation> records, Map<String, String> shas) {
    assertThat(records.stream().map(Explanation::getImageId).distinct()).hasSize(IMAGES);
    assertThat(records.stream().map(Explanation::getModelVersion).distinct().count())
        .isGreaterThan(2);
    Explanation reference = records.getFirst();
    float base = logit(reference) - Integer.parseInt(reference.getModelVersion());
    for (Explanation record : records) {
      assertThat(record.getModelSha256()).isEqualTo(shas.get(record.getModelVersion()));
      assertThat(logit(record) - Integer.parseInt(record.getModelVersion()))
          .as(record.getModelVersion())
          .isCloseTo(base, within(1e-3f));
    }
  }

  private static float logit(Explanation record) {
    return record.getLabels().getFirst().getLogit();
  }

  private static List<Explanation> explanations(RunningFovea fovea) {
    try (HttpSchemaRegistry registry = Registries.of(fovea.connection())) {
      AvroSerde<Explanation> serde = new AvroSerde<>(Explanation.class, registry);
      String topic = fovea.topics().explanations();
      return fovea.committed(topic).stream()
          .map(record -> serde.deserializer().deserialize(topic, record.value()))
          .toList();
    }
  }

  private CliResult ingest(RunningFovea fovea) {
    String images = folder.resolve("images").toString();
    return fovea.cli(
        "ingest",
        images,
        "--labels",
        images + "/labels.csv",
        "--site",
        "north",
        "--modality",
        "OP",
        "--wait",
        "--json");
  }

  private void images() throws IOException {
    Path one = folder.resolve("one");
    PhantomFolder.write(one, 1);
    Path all = Files.createDirectories(folder.resolve("images"));
    List<String> rows = new ArrayList<>(List.of("file,subject,laterality,view,exam"));
    for (int i = 0; i < IMAGES; i++) {
      Files.copy(one.resolve("0.jpg"), all.resolve(i + ".jpg"));
      rows.add("%d.jpg,s%d,L,MACULA,e%d".formatted(i, i % 40, i));
    }
    Files.write(all.resolve("labels.csv"), rows);
  }

  private StoredModel added(int version) throws IOException {
    Path file = Files.write(folder.resolve("v" + version + ".onnx"), graph(version));
    Adding adding =
        new ModelAdd(InferenceConfig.defaults())
            .add(
                new ModelAdd.Request(
                    file,
                    "swapped",
                    List.of("ill"),
                    List.of(),
                    Optional.of(InputSpec.parse("rgb32,scale=1/255")),
                    Optional.of(Link.IDENTITY),
                    store(),
                    Optional.empty(),
                    Probing.standard()));
    assertThat(adding).isInstanceOf(Adding.Added.class);
    StoredModel model = ((Adding.Added) adding).model();
    assertThat(model.manifest().version()).isEqualTo(String.valueOf(version));
    return model;
  }

  private Path store() {
    return folder.resolve("models");
  }

  private static byte[] graph(int version) {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g");
    String x = b.input("image", OnnxGraph.FREE, 3, 32, 32);
    float[] weights = new float[2 * 3 * 16];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 7 - 3) / 20f;
    }
    String map = b.relu(b.conv(x, b.weights("w", weights, 2, 3, 4, 4), new Window(4, 4, 0), 1));
    String head = b.weights("h", new float[] {1, -0.5f}, 2, 1);
    String bias = b.weights("b", new float[] {version}, 1);
    b.output(
        b.operation("Gemm", b.flatten(b.globalAveragePool(map)), head, bias),
        "logit",
        OnnxGraph.FREE,
        1);
    return b.build();
  }
}

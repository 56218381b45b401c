package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.app.config.FoveaConfig;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import fovea.inference.Adding;
import fovea.inference.InferenceConfig;
import fovea.inference.InputSpec;
import fovea.inference.ModelAdd;
import fovea.inference.Probing;
import fovea.modelstore.Link;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import fovea.modelstore.Readings;
import fovea.schema.Explanation;
import fovea.schema.InlinePayload;
import fovea.schema.LesionPart;
import fovea.schema.ScreeningImage;
import fovea.streams.ScorePolicy;
import fovea.streams.ScorePorts;
import fovea.streams.ScoreTopology;
import fovea.streams.ServedModels;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a graph with further outputs, added as a user adds it, to the records of an image. */
class FurtherOutputsServedTest {
  private static final int SIDE = 16;
  private static final int CELLS = 16;
  private static final Instant AT = Instant.parse("2026-03-05T08:00:00Z");
  private static final List<Double> WEIGHTS = List.of(1.5, 2.5);

  @TempDir private Path directory;

  @Test
  void whatTheGraphSaysBesideTheEvidenceStandsInTheRecord() throws IOException {
    add();
    FoveaConfig.Models plan = new FoveaConfig.Models(directory.resolve("models"), List.of());
    try (LoadedModels models = LoadedModels.load(plan, Engines.standard(engine -> engine))) {

      Explanation e = explained(models);

      assertThat(e.getResidual()).isLessThan(1e-5);
      double sum = e.getParts().getBias();
      for (LesionPart lesion : e.getParts().getLesions()) {
        sum += lesion.getContribution();
      }
      float logit = e.getLabels().getFirst().getLogit();
      assertThat(sum).isCloseTo(logit, within(1e-5 * Math.max(1, Math.abs(logit))));
      assertThat(e.getParts().getLesions())
          .extracting(LesionPart::getLesion)
          .containsExactly("drusen", "scar");
      assertThat(e.getParts().getLesions()).allMatch(lesion -> lesion.getMap() != null);
      assertThat(e.getProjection().getShape()).containsExactly(2);
      assertThat(e.getEmbedding().getShape()).containsExactly(8);
    }
  }

  private void add() throws IOException {
    Path file = Files.write(directory.resolve("given.onnx"), graph());
    Readings.Lesions lesions =
        new Readings.Lesions(
            List.of("drusen", "scar"),
            "amd",
            new LesionModel(new LesionPooling.GreatestCell(), new Diagnosis.Weighted(WEIGHTS, -1)));
    Adding adding =
        new ModelAdd(InferenceConfig.defaults())
            .add(
                new ModelAdd.Request(
                    file,
                    "lesions",
                    List.of("amd"),
                    List.of(),
                    Optional.of(InputSpec.parse("rgb16,scale=1/127.5,shift=-1")),
                    Optional.of(Link.SIGMOID),
                    directory.resolve("models"),
                    Optional.empty(),
                    Probing.standard()),
                new Readings(Optional.empty(), Optional.of(lesions), Optional.empty()));
    assertThat(adding).isInstanceOf(Adding.Added.class);
  }

  private Explanation explained(LoadedModels models) throws IOException {
    InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    Topics topics = new Topics("fovea");
    ScorePorts ports =
        new ScorePorts(registry, new ServedModels(models.serving()), new SimpleMeterRegistry());
    try (RocksDbMemory memory = new RocksDbMemory(16 << 20);
        TopologyTestDriver driver =
            new TopologyTestDriver(
                new ScoreTopology(topics, ScorePolicy.DEFAULT, ports).topology(),
                StreamsSettings.of("fovea-score", "none:9092", directory.resolve("state"))
                    .properties(memory),
                AT)) {
      driver
          .createInputTopic(
              topics.images(),
              new StringSerializer(),
              new AvroSerde<>(ScreeningImage.class, registry).serializer())
          .pipeInput(new TestRecord<>("s", image(), AT));
      return driver
          .createOutputTopic(
              topics.explanations(),
              new StringDeserializer(),
              new AvroSerde<>(Explanation.class, registry).deserializer())
          .readValue();
    }
  }

  private static ScreeningImage image() throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(4);
    image.getRaster().setPixels(0, 0, SIDE, SIDE, random.ints(SIDE * SIDE, 0, 256).toArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return ScreeningImage.newBuilder()
        .setSubjectId("s")
        .setImageId("i")
        .setSite("north")
        .setModality("OP")
        .setLaterality("L")
        .setAcquiredAt(AT)
        .setPayload(new InlinePayload(ByteBuffer.wrap(out.toByteArray()), "image/png", null))
        .build();
  }

  /** Two lesions make the logit by their greatest cells; each stands in its own. */
  private static byte[] graph() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("lesions");
    String x = b.input("image", OnnxGraph.FREE, 3, SIDE, SIDE);
    String filters = b.weights("f", random(1, 8 * 3 * 16), 8, 3, 4, 4);
    String features = b.relu(b.conv(x, filters, new Window(4, 4, 0), 1));
    String maps =
        b.conv(features, b.weights("a", random(2, 16), 2, 8, 1, 1), new Window(1, 1, 0), 1);
    String flat = b.operation("Reshape", maps, b.longs("flat", 0, 0, CELLS));
    String best = b.operation("ArgMax", Map.of("axis", 2, "keepdims", 1), flat);
    long[] places = new long[CELLS];
    for (int i = 0; i < CELLS; i++) {
      places[i] = i;
    }
    String found = b.operation("Equal", best, b.longs("places", places));
    String there = b.mul(b.operation("Sigmoid", flat), b.operation("Cast", Map.of("to", 1), found));
    float[] w = {CELLS * WEIGHTS.get(0).floatValue(), CELLS * WEIGHTS.get(1).floatValue()};
    String rows = b.operation("MatMul", b.weights("w", w, 1, 2), there);
    String evidence = b.operation("Reshape", rows, b.longs("grid", 0, 1, 4, 4));
    String sum = b.flatten(b.globalAveragePool(evidence));
    String embedding = b.flatten(b.globalAveragePool(features));
    String plane = b.operation("MatMul", embedding, b.weights("p", random(3, 16), 8, 2));
    b.output(b.add(sum, b.weights("bias", new float[] {-1}, 1, 1)), "logits", OnnxGraph.FREE, 1);
    b.output(evidence, "evidence", OnnxGraph.FREE, 1, 4, 4);
    b.output(maps, "lesions", OnnxGraph.FREE, 2, 4, 4);
    b.output(embedding, "embedding", OnnxGraph.FREE, 8);
    b.output(plane, "projection", OnnxGraph.FREE, 2);
    return b.build();
  }

  private static float[] random(long seed, int size) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian() / 4;
    }
    return values;
  }
}

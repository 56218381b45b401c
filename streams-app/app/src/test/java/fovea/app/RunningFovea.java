package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.ingest.Connection;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Instance;
import fovea.app.wiring.Registries;
import fovea.schema.DeadLetter;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A Fovea with everything embedded, and an onlooker's ways to see what it did. */
final class RunningFovea implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("fovea.root", "../.."));
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedServices services;
  private final Instance instance;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningFovea(EmbeddedServices services, Instance instance) {
    this.services = services;
    this.instance = instance;
  }

  static RunningFovea start(Path data) throws IOException, InterruptedException {
    return start(data, Map.of());
  }

  static RunningFovea start(Path data, Map<String, String> more)
      throws IOException, InterruptedException {
    EmbeddedServices services = EmbeddedServices.start(data, 0);
    Settings settings =
        Settings.defaults()
            .with("kafka.bootstrap.servers", services.bootstrapServers(), "test")
            .with("registry.url", services.registryUrl().toString(), "test")
            .with("models.serve", "fundus-phantom", "test")
            .with("state.dir", data.resolve("state").toString(), "test")
            .with("http.port", "0", "test");
    for (Map.Entry<String, String> one : more.entrySet()) {
      settings = settings.with(one.getKey(), one.getValue(), "test");
    }
    RunningFovea running =
        new RunningFovea(services, Instance.start(FoveaConfig.of(settings, ROOT)));
    await().atMost(PATIENCE).until(() -> running.get("/health/ready").statusCode() == 200);
    return running;
  }

  void reloadModels() throws InterruptedException {
    instance.reloadModels();
  }

  Connection connection() {
    return instance.connection();
  }

  Topics topics() {
    return instance.connection().topics();
  }

  URI page() {
    return URI.create(instance.facts().page());
  }

  CliResult cli(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--port", String.valueOf(page().getPort())));
    return CliResult.run(all.toArray(String[]::new));
  }

  JsonNode map(String label, String basis) throws IOException, InterruptedException {
    JsonNode map = mapOrNothing(label, basis);
    assertThat(map.isMissingNode()).as(label + ", " + basis).isFalse();
    return map;
  }

  private JsonNode mapOrNothing(String label, String basis)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        get("/api/v1/global-explanations/map?label=" + label + "&basis=" + basis);
    return answer.statusCode() == 200
        ? new ObjectMapper().readTree(answer.body())
        : MissingNode.getInstance();
  }

  /** The map when so many images were scored and its own n has caught up with its counters. */
  JsonNode mapOnceItHolds(String label, String basis, long scored) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> mapOrNothing(label, basis),
            map ->
                map.path("counters").path("scored").asLong() == scored
                    && map.path("n").asLong() == map.path("counters").path("aggregated").asLong());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(page().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Keys of all committed records of a topic, read by a consumer of its own. */
  List<String> committedKeys(String topic) {
    return committed(topic).stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  /** Keys of all committed tombstones of a topic. */
  List<String> tombstones(String topic) {
    return committed(topic).stream()
        .filter(record -> record.value() == null)
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }

  List<DamagedFolder.Letter> deadLetters() {
    Connection connection = instance.connection();
    try (HttpSchemaRegistry registry = Registries.of(connection)) {
      AvroSerde<DeadLetter> letters = new AvroSerde<>(DeadLetter.class, registry);
      AvroSerde<ScreeningImage> images = new AvroSerde<>(ScreeningImage.class, registry);
      List<DamagedFolder.Letter> out = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : committed(topics().deadLetters())) {
        DeadLetter letter = letters.deserializer().deserialize(record.topic(), record.value());
        byte[] original = new byte[letter.getOriginal().remaining()];
        letter.getOriginal().duplicate().get(original);
        out.add(
            new DamagedFolder.Letter(
                letter, images.deserializer().deserialize(letter.getSourceTopic(), original)));
      }
      return out;
    }
  }

  List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = instance.connection().reader()) {
      List<TopicPartition> partitions = Connection.partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> out = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(out::add);
      }
      return out;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    instance.close();
    services.close();
  }
}

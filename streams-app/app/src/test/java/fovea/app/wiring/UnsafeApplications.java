package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.ingest.Connection;
import fovea.core.aggregate.Fingerprint;
import fovea.streams.AggregatePolicy;
import fovea.streams.AggregatePorts;
import fovea.streams.AggregateTopology;
import fovea.streams.ScorePolicy;
import fovea.streams.ScorePorts;
import fovea.streams.ScoreTopology;
import fovea.streams.ServedModels;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerdes;
import fovea.wire.HttpSchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * The product's topologies without the product's guard: what the harness must find out. The product
 * itself refuses to run so.
 */
public final class UnsafeApplications {
  private final FoveaConfig config;
  private final Map<String, String> overrides;
  private final KafkaClientSupplier clients;

  /**
   * @param args {@code run --set key=value ...}, as the product's own process takes them
   * @param overrides Kafka settings that the product would refuse
   */
  public UnsafeApplications(
      String[] args, Map<String, String> overrides, KafkaClientSupplier clients) {
    this.config = FoveaConfig.of(settings(args), Path.of("."));
    this.overrides = Map.copyOf(overrides);
    this.clients = clients;
  }

  public static Settings settings(String[] args) {
    Settings settings = Settings.defaults();
    for (int i = 2; i < args.length; i += 2) {
      String[] pair = args[i].split("=", 2);
      settings = settings.with(pair[0], pair[1], "harness");
    }
    return settings;
  }

  /** Runs until the process ends. */
  public void run() throws InterruptedException {
    Connection connection =
        new Connection(
            config.kafka().bootstrapServers(),
            config.registry().urls(),
            config.topics().names(),
            Map.of(),
            Map.of(),
            Optional.empty());
    HttpSchemaRegistry registry = Registries.of(connection);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    LoadedModels models =
        LoadedModels.load(config.models(), Engines.standard(UnaryOperator.identity()));
    Fingerprint fingerprint =
        new Fingerprint(config.aggregate().hmacKey().getBytes(StandardCharsets.UTF_8));
    start(
        "aggregate",
        new AggregateTopology(
                config.topics().names(),
                AggregatePolicy.DEFAULT,
                new AggregatePorts(AvroSerdes.own(registry), fingerprint, meters))
            .topology());
    start(
        "score",
        new ScoreTopology(
                config.topics().names(),
                ScorePolicy.DEFAULT,
                new ScorePorts(
                    AvroSerdes.own(registry), new ServedModels(models.serving()), meters))
            .topology());
    new CountDownLatch(1).await();
  }

  private void start(String name, Topology topology) {
    Map<String, String> extra = new HashMap<>();
    config
        .kafka()
        .instanceId()
        .ifPresent(id -> extra.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    StreamsSettings standard =
        StreamsSettings.of(
            StreamsSettings.applicationId(config.kafka().groupPrefix(), name),
            config.kafka().bootstrapServers(),
            config.state().directory());
    Properties properties =
        new StreamsSettings(
                standard.applicationId(),
                standard.bootstrapServers(),
                standard.stateDirectory(),
                1,
                config.state().commitInterval(),
                standard.cacheBytes(),
                standard.bufferedRecords(),
                standard.replicationFactor(),
                standard.maxRequestBytes(),
                extra)
            .properties(new RocksDbMemory(config.state().rocksdbBytes()));
    properties.putAll(overrides);
    KafkaStreams streams = new KafkaStreams(topology, properties, clients);
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }
}

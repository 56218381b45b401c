package fovea.bench.aggregate;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.embedded.EndWithParent;
import fovea.schema.Explanation;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsApplication;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * A rival as a process of its own, with the Kafka settings that Fovea's aggregate runs with. Ends
 * with the process that started it.
 */
public final class RivalProcess {
  private static final int RECORDS_READ_AHEAD = 1000;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private RivalProcess() {}

  /** Takes the candidate's name and {@code --set KEY=VALUE} as {@code fovea run} does. */
  public static void main(String[] args) throws InterruptedException {
    EndWithParent.watch();
    Settings settings = Settings.defaults();
    for (int i = 2; i < args.length; i += 2) {
      String[] entry = args[i].split("=", 2);
      settings = settings.with(entry[0], entry[1], "--set");
    }
    run(Candidate.valueOf(args[0]), FoveaConfig.of(settings, Path.of(".")));
  }

  private static void run(Candidate candidate, FoveaConfig config) throws InterruptedException {
    Connection connection =
        new Connection(
            config.kafka().bootstrapServers(),
            config.registry().urls(),
            config.topics().names(),
            config.kafka().properties(),
            config.registry().properties(),
            config.registry().serde());
    try (HttpSchemaRegistry registry = Registries.of(connection);
        RocksDbMemory memory = new RocksDbMemory(config.state().rocksdbBytes());
        AvroSerde<Explanation> explanations = new AvroSerde<>(Explanation.class, registry);
        StreamsApplication application =
            new StreamsApplication(
                new Rival(connection.topics(), candidate).topology(explanations),
                properties(config, memory),
                new SimpleMeterRegistry())) {
      application.start();
      while (application.failure().isEmpty()) {
        Thread.sleep(LOOK);
      }
      throw new IllegalStateException("the rival failed", application.failure().get());
    }
  }

  private static Properties properties(FoveaConfig config, RocksDbMemory memory) {
    StreamsSettings standard =
        StreamsSettings.of(
            StreamsSettings.applicationId(config.kafka().groupPrefix(), "aggregate"),
            config.kafka().bootstrapServers(),
            config.state().directory());
    return new StreamsSettings(
            standard.applicationId(),
            standard.bootstrapServers(),
            standard.stateDirectory(),
            1,
            config.state().commitInterval(),
            config.aggregate().cacheBytes(),
            RECORDS_READ_AHEAD,
            config.topics().replication(),
            standard.maxRequestBytes(),
            Map.of())
        .properties(memory);
  }
}

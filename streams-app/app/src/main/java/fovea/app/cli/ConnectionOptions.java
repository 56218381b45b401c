package fovea.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.app.config.FoveaConfig;
import fovea.app.ingest.Connection;
import fovea.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a verb that publishes reaches the brokers: by a running Fovea, or without one. */
final class ConnectionOptions {
  @Mixin private InstanceOptions instance = new InstanceOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Brokers, without --port.")
  private @Nullable String bootstrap;

  @Option(names = "--registry", paramLabel = "URL", description = "Registry, with --bootstrap.")
  private @Nullable String registry;

  Connection connection(Surroundings surroundings, CommonOptions common)
      throws IOException, InterruptedException {
    if (bootstrap != null || config.file != null) {
      FoveaConfig c = ConfigOptions.config(config.settings(surroundings, common), surroundings);
      return new Connection(
          bootstrap == null ? c.kafka().bootstrapServers() : bootstrap,
          registry == null ? c.registry().urls() : List.of(URI.create(registry)),
          c.topics().names(),
          c.kafka().properties(),
          c.registry().properties(),
          c.registry().serde());
    }
    try (ApiClient api = new ApiClient(instance.base())) {
      JsonNode system = api.json("system", new Request.Parameters());
      return new Connection(
          system.path("bootstrapServers").asText(),
          List.of(URI.create(system.path("schemaRegistry").asText().split(",")[0])),
          new Topics(system.path("topicPrefix").asText()),
          Map.of(),
          Map.of(),
          Optional.empty());
    }
  }
}

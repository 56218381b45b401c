package fovea.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker in this process: one KRaft node that is broker and controller, on 127.0.0.1 only.
 * It keeps everything below its directory and can be started there again, after a clean close as
 * after a crash; one process at a time. Starting takes seconds. Thread-safe.
 *
 * <p>An unrecoverable fault of the broker, such as a full disk, ends the process: that is Kafka's
 * own way.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker that serves when this returns.
   *
   * @param directory made and formatted where it is new
   * @param kafkaPort for clients; 0 for any free one
   * @param controllerPort for the broker's own controller; 0 for any free one
   * @throws IOException if the directory or a port cannot be used
   */
  public static EmbeddedBroker start(Path directory, int kafkaPort, int controllerPort)
      throws IOException {
    Path home = Files.createDirectories(directory).toAbsolutePath().normalize();
    BrokerPorts ports = BrokerPorts.claim(kafkaPort, controllerPort);
    format(home);
    CrashedBroker crashed = new CrashedBroker(home);
    if (crashed.present()) {
      crashed.unregister(ports);
    }
    KafkaConfig config = new KafkaConfig(BrokerSettings.of(home, ports), false);
    return new EmbeddedBroker(started(config), ports.bootstrapServers());
  }

  /** The address for clients, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The settings, by Kafka's names, that let it and its clients come back fast after a crash. */
  public static Map<String, String> failoverSettings() {
    return BrokerSettings.fastFailover();
  }

  /** Stops the broker and waits until it has; its data stays. Harmless when repeated. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static KafkaRaftServer started(KafkaConfig config) {
    KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
    boolean running = false;
    try {
      server.startup();
      running = true;
      return server;
    } finally {
      if (!running) {
        server.shutdown();
      }
    }
  }

  private static void format(Path home) throws IOException {
    // Written last of all that formatting writes.
    if (Files.exists(home.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()))
            .setNodeId(BrokerSettings.NODE)
            .setClusterId(Uuid.randomUuid().toString())
            .addDirectory(home.toString())
            .setMetadataLogDirectory(home.toString())
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setControllerListenerName(BrokerSettings.CONTROLLER)
            .setIgnoreFormatted(true);
    // WALL OFF: the formatter declares Exception itself
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + home + " for the broker", e);
    }
    // WALL ON
  }
}

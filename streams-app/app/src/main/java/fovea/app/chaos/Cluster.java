package fovea.app.chaos;

import fovea.app.ingest.Connection;
import fovea.embedded.EmbeddedRegistry;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * One broker in a process of its own, and a schema registry in this one, which is never killed.
 *
 * <p>Replication factor 1 loses nothing, as kill -9 ends the process and not the machine: what the
 * broker wrote is in the page cache.
 */
final class Cluster implements AutoCloseable {
  private final BrokerAddress address;
  private final Child broker;
  private final EmbeddedRegistry registry;

  private Cluster(BrokerAddress address, Child broker, EmbeddedRegistry registry) {
    this.address = address;
    this.broker = broker;
    this.registry = registry;
  }

  static Cluster start(Path work) throws IOException {
    Files.createDirectories(work.resolve("logs"));
    EmbeddedRegistry registry = EmbeddedRegistry.start(work.resolve("registry"), 0);
    BrokerAddress address = BrokerAddress.free();
    Child broker =
        new Child(
            JavaCommand.broker(work.resolve("broker"), address), work.resolve("logs/broker.log"));
    return new Cluster(address, broker, registry);
  }

  Child broker() {
    return broker;
  }

  /** Starts the broker again where it ended by itself. */
  void supervise() throws IOException {
    broker.start();
  }

  Connection connection(String prefix) {
    return new Connection(
        address.bootstrapServers(),
        List.of(registry.url()),
        new Topics(prefix),
        Map.of(),
        Map.of(),
        Optional.empty());
  }

  /** Makes a programme's topics; waits until the broker serves. */
  void makeTopics(String prefix) throws InterruptedException {
    Map<String, Object> client =
        connection(prefix).client(Map.of("default.api.timeout.ms", "120000"));
    try (Admin admin = Admin.create(client)) {
      List<TopicSpec> topics = new TopicCatalogue(new Topics(prefix), TopicPolicy.defaults()).all();
      admin.createTopics(topics.stream().map(TopicSpec::newTopic).toList()).all().get();
    } catch (ExecutionException e) {
      throw new KafkaException("the broker did not make the topics", e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    broker.close();
    registry.close();
  }
}

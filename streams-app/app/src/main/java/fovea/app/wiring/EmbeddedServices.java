package fovea.app.wiring;

import fovea.embedded.EmbeddedBroker;
import fovea.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A broker and a schema registry in this process, with their data below one folder. */
public final class EmbeddedServices implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;

  private EmbeddedServices(EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /**
   * Starts both, or continues what lies in {@code directory}.
   *
   * @param firstPort Kafka's port; its controller and the registry take the next two; 0: any free
   * @throws IOException if a port is taken or the folder cannot be used
   */
  public static EmbeddedServices start(Path directory, int firstPort) throws IOException {
    EmbeddedRegistry registry =
        EmbeddedRegistry.start(directory.resolve("registry"), port(firstPort, 2));
    EmbeddedBroker broker =
        EmbeddedBroker.start(directory.resolve("broker"), firstPort, port(firstPort, 1));
    return new EmbeddedServices(broker, registry);
  }

  private static int port(int first, int step) {
    return first == 0 ? 0 : first + step;
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public URI registryUrl() {
    return registry.url();
  }

  @Override
  public void close() throws IOException {
    broker.close();
    registry.close();
  }
}

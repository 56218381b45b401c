package fovea.embedded;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A schema registry in this process, on 127.0.0.1 only, with the REST interface of Confluent's: its
 * clients and this project's own talk to it alike. It holds Avro schemas without references and
 * deletes softly: an id means its schema for ever. Its schemas lie in an append-only file in its
 * directory and are on the disk before a caller learns their id. Thread-safe.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final long MAX_REQUEST_BYTES = 4L * 1024 * 1024;

  private final WebServer server;
  private final SchemaJournal journal;

  private EmbeddedRegistry(WebServer server, SchemaJournal journal) {
    this.server = server;
    this.journal = journal;
  }

  /**
   * Starts a registry with all schemas that its directory holds.
   *
   * @param directory made where it is new; one registry at a time
   * @param port 0 for any free one
   * @throws IOException if the directory is in use or its file is damaged, or the port is taken
   */
  public static EmbeddedRegistry start(Path directory, int port) throws IOException {
    SchemaJournal journal =
        SchemaJournal.open(Files.createDirectories(directory).resolve("schemas.jsonl"));
    boolean running = false;
    try {
      HttpRouting.Builder routing = HttpRouting.builder();
      new RegistryRoutes(new SchemaBook(journal)).addTo(routing);
      WebServer server = serve(routing, BrokerPorts.claim(port, 0).kafka());
      running = true;
      return new EmbeddedRegistry(server, journal);
    } finally {
      if (!running) {
        journal.close();
      }
    }
  }

  /** Its address, for {@code schema.registry.url}. */
  public URI url() {
    return URI.create("http://" + BrokerPorts.HOST + ":" + server.port());
  }

  /** Stops it; its schemas stay. Harmless when repeated. */
  @Override
  public void close() throws IOException {
    server.stop();
    journal.close();
  }

  private static WebServer serve(HttpRouting.Builder routing, int port) throws IOException {
    return WebServer.builder()
        .address(BrokerPorts.loopback())
        .port(port)
        .maxPayloadSize(MAX_REQUEST_BYTES)
        .shutdownHook(false)
        .shutdownGracePeriod(Duration.ofMillis(500))
        .routing(routing)
        .build()
        .start();
  }
}

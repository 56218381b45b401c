package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Registries;
import fovea.bench.TemporaryFolder;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicPolicy;
import fovea.wire.TopicSpec;
import fovea.wire.Topics;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Broker and registry in this process, and applications in processes of their own, all below one
 * temporary folder, which is removed at the end unless an application ended before.
 */
final class Bench implements AutoCloseable {
  private final TemporaryFolder work;
  private final EmbeddedServices services;
  private final Deque<Contender> contenders = new ArrayDeque<>();

  private Bench(TemporaryFolder work, EmbeddedServices services) {
    this.work = work;
    this.services = services;
  }

  static Bench open() throws IOException {
    TemporaryFolder work = TemporaryFolder.create("fovea-aggregates");
    return new Bench(work, EmbeddedServices.start(work.path().resolve("services"), 0));
  }

  /**
   * Starts a candidate on topics of its own, and waits until it can be given images.
   *
   * @param name of its topics and its group
   * @param settings of Fovea, beside those that are needed
   */
  Contender start(Candidate candidate, String name, Map<String, String> settings)
      throws IOException, InterruptedException, ExecutionException {
    Connection connection =
        new Connection(
            services.bootstrapServers(),
            List.of(services.registryUrl()),
            new Topics(name),
            Map.of(),
            Map.of(),
            Optional.empty());
    prepare(connection);
    Contender contender =
        new Contender(connection, new Launch(work.path(), candidate, settings).start(connection));
    contenders.push(contender);
    contender.awaitBegin();
    return contender;
  }

  private static void prepare(Connection connection)
      throws IOException, InterruptedException, ExecutionException {
    TopicCatalogue catalogue = new TopicCatalogue(connection.topics(), TopicPolicy.defaults());
    try (Admin admin = Admin.create(connection.client(Map.of()));
        HttpSchemaRegistry registry = Registries.of(connection)) {
      catalogue.register(registry);
      admin.createTopics(catalogue.all().stream().map(TopicSpec::newTopic).toList()).all().get();
    }
  }

  @Override
  public void close() throws IOException {
    boolean ended = contenders.stream().anyMatch(contender -> !contender.alive());
    while (!contenders.isEmpty()) {
      contenders.pop().close();
    }
    services.close();
    if (ended) {
      System.err.println("an application ended by itself: its log is in " + work.path());
      work.keep();
    }
    work.close();
  }
}

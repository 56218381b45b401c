package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.app.config.FoveaConfig.App;
import fovea.app.ingest.Connection;
import fovea.core.inference.Classifier;
import fovea.inference.BatchPolicy;
import fovea.inference.Batcher;
import fovea.inference.LivePlan;
import fovea.streams.application.ApplicationHealth;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerdes;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.TopicCatalogue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A running Fovea: the applications that the configuration asks for, in this process.
 *
 * <p>{@link #start} returns when everything is wired and the applications are on their way to run;
 * closing stops them in the order of the flow. Thread-safe once started.
 */
public final class Instance implements AutoCloseable {
  private final FoveaConfig config;
  private final Connection connection;
  private final HttpSchemaRegistry registry;
  private final AvroSerdes serdes;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Applications applications;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private volatile Optional<ServingModels> models = Optional.empty();
  private volatile boolean wired;
  private Optional<QuerySide> query = Optional.empty();
  private Optional<ImagesLag> lag = Optional.empty();

  /** How it goes: images explained, images waiting, dead letters. */
  public record Progress(long images, long lag, long deadLetters) {}

  private Instance(FoveaConfig config) {
    this.config = config;
    this.connection =
        new Connection(
            config.kafka().bootstrapServers(),
            config.registry().urls(),
            config.topics().names(),
            config.kafka().properties(),
            config.registry().properties(),
            config.registry().serde());
    this.registry = Registries.of(connection);
    // Kafka counts files as −1 where its store cannot, which Prometheus refuses with all the rest.
    meters.config().meterFilter(MeterFilter.denyNameStartsWith("kafka.stream.state.number."));
    this.serdes = Registries.serdes(connection, registry);
    this.applications = new Applications(config, serdes, meters);
  }

  /**
   * Starts what {@code config} asks for; what was begun is closed again if it cannot.
   *
   * @throws IOException if the registry or a port cannot be had
   * @throws fovea.app.cli.BrokenWorldException if topics or models are not as they must be
   */
  public static Instance start(FoveaConfig config) throws IOException, InterruptedException {
    Instance instance = new Instance(config);
    boolean started = false;
    try {
      instance.open();
      instance.wired = true;
      started = true;
      return instance;
    } finally {
      if (!started) {
        instance.close();
      }
    }
  }

  private void open() throws IOException, InterruptedException {
    closing.push(registry::close);
    new TopicSetup(config.topics()).prepare(connection.client(Map.of()));
    new TopicCatalogue(config.topics().names(), config.topics().policy()).register(registry);
    if (config.apps().contains(App.QUERY)) {
      QuerySide side = QuerySide.start(this);
      query = Optional.of(side);
      closing.push(side::close);
    }
    closing.push(applications::close);
    if (config.apps().contains(App.AGGREGATE)) {
      applications.startAggregate();
    }
    if (config.apps().contains(App.SCORE)) {
      startScore();
    }
  }

  private void startScore() throws InterruptedException {
    ServingModels loaded = ServingModels.load(config.models(), engines());
    closeBelow(loaded::close);
    models = Optional.of(loaded);
    new Announcement(connection, serdes).serving(loaded.now(), Instant.now());
    applications.startScore(loaded.served());
    if (config.models().watch().isPositive()) {
      ModelWatch watch = new ModelWatch(config.models().watch(), this::reloadModels);
      closing.push(watch::close);
    }
    ImagesLag waiting =
        new ImagesLag(
            connection.client(Map.of()),
            config.topics().names().images(),
            StreamsSettings.applicationId(config.kafka().groupPrefix(), "score"));
    lag = Optional.of(waiting);
    closing.push(waiting::close);
  }

  private Engines engines() {
    FoveaConfig.Inference plan = config.score().inference();
    int partitions = config.topics().policy().partitions();
    return new Engines(
        plan.engines(),
        new LivePlan(plan.parityEvery(), meters),
        batches(),
        new MapBudget(plan.timeout(), Math.ceilDiv(partitions, config.score().threads())));
  }

  /** What really runs each model that serves, for a person. */
  Optional<String> engineText() {
    return models.flatMap(serving -> EngineMeters.text(serving.now()));
  }

  /** What engines are asked through: a batcher where batches may hold more than one image. */
  private UnaryOperator<Classifier> batches() {
    FoveaConfig.Inference plan = config.score().inference();
    if (plan.batchMax() == 1) {
      return UnaryOperator.identity();
    }
    BatchPolicy policy =
        new BatchPolicy(
            plan.batchMax(),
            plan.workers(),
            plan.linger(),
            BatchPolicy.of(plan.batchMax(), plan.workers()).capacity());
    Batcher batcher = new Batcher(policy, meters);
    closeBelow(batcher::close);
    return batcher::over;
  }

  /** When the applications, which use it, have stopped. */
  private void closeBelow(Runnable close) {
    Runnable stopApplications = closing.pop();
    closing.push(close);
    closing.push(stopApplications);
  }

  /** How clients reach its topics. */
  public Connection connection() {
    return connection;
  }

  /** Where it is found and what it serves. */
  public Facts facts() {
    return new Facts(
        query.map(QuerySide::page).orElse(""),
        config.kafka().bootstrapServers(),
        config.registry().urls().getFirst().toString(),
        config.topics().names().prefix(),
        models.map(ServingModels::names).orElse(List.of()),
        models.map(ServingModels::refused).orElse(Map.of()));
  }

  /**
   * Serves what the model store has now: the next versions are loaded, verified and warm before the
   * present ones stop; images that were begun end with the version that they began with.
   *
   * @throws fovea.app.cli.BrokenWorldException if nothing in the store can serve; what serves stays
   */
  public void reloadModels() throws InterruptedException {
    if (models.isPresent() && models.get().reload()) {
      new Announcement(connection, serdes).serving(models.get().now(), Instant.now());
    }
  }

  /** How it goes; asks the brokers. */
  public Progress progress() throws InterruptedException {
    long waiting = lag.isPresent() ? lag.get().images() : 0;
    return new Progress(
        query.map(QuerySide::images).orElseGet(this::scoredHere),
        waiting,
        query.map(QuerySide::deadLetters).orElseGet(() -> counted("fovea.dead.letters")));
  }

  /** Explanations written by this process. */
  public long scoredHere() {
    return counted("fovea.images.scored");
  }

  /** What ended an application, if something did. */
  public Optional<Throwable> failure() {
    return applications.failure();
  }

  FoveaConfig config() {
    return config;
  }

  AvroSerdes serdes() {
    return serdes;
  }

  PrometheusMeterRegistry meters() {
    return meters;
  }

  boolean wired() {
    return wired;
  }

  List<ApplicationHealth> health() {
    return applications.health();
  }

  private long counted(String name) {
    return (long) meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}

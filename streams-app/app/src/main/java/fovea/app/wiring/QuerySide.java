package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.query.HealthCheck;
import fovea.query.QueryConfig;
import fovea.query.QueryServer;
import fovea.query.ReadModelLimits;
import fovea.query.ReadModels;
import fovea.query.SystemFacts;
import fovea.streams.application.ApplicationHealth;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The read models with the page, the API, health and metrics on top. */
final class QuerySide implements AutoCloseable {
  static final String VERSION = "0.1.0";

  private final ReadModels models;
  private final QueryServer server;

  private QuerySide(ReadModels models, QueryServer server) {
    this.models = models;
    this.server = server;
  }

  static QuerySide start(Instance instance) {
    FoveaConfig config = instance.config();
    ReadModelLimits standard = ReadModelLimits.defaults();
    ReadModels models =
        new ReadModels(
            config.topics().names(),
            instance.serdes(),
            new ReadModelLimits(
                config.query().images(), standard.imageBytes(), standard.deadLetters()),
            InstantSource.system());
    models.start(instance.connection().client(Map.of()));
    QueryServer server =
        QueryServer.start(
            new QueryConfig(config.http().host(), config.http().port(), Set.of()),
            models,
            facts(config),
            checks(instance),
            instance.meters());
    return new QuerySide(models, server);
  }

  private static SystemFacts facts(FoveaConfig config) {
    return new SystemFacts(
        VERSION,
        config.topics().names().prefix(),
        config.kafka().bootstrapServers(),
        config.registry().urls().stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  private static List<HealthCheck> checks(Instance instance) {
    return List.of(
        check(instance, HealthCheck.Stage.STARTED, ApplicationHealth::started),
        check(instance, HealthCheck.Stage.LIVE, ApplicationHealth::live),
        check(instance, HealthCheck.Stage.READY, ApplicationHealth::ready));
  }

  private static HealthCheck check(
      Instance instance, HealthCheck.Stage stage, Predicate<ApplicationHealth> well) {
    return new HealthCheck(
        "applications",
        stage,
        () ->
            instance.health().stream()
                .filter(well.negate())
                .map(QuerySide::problem)
                .reduce((one, other) -> one + "; " + other)
                .or(() -> missing(instance)),
        instance::engineText);
  }

  private static String problem(ApplicationHealth health) {
    return health.application()
        + " is "
        + health.state()
        + health.failure().map(": "::concat).orElse("");
  }

  /** Until every application that was asked for has been begun, none of the questions is a yes. */
  private static Optional<String> missing(Instance instance) {
    return instance.wired() ? Optional.empty() : Optional.of("still starting");
  }

  String page() {
    return server.address().toString();
  }

  long images() {
    return models.tally().scored();
  }

  long deadLetters() {
    return models.refused().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    server.close();
    models.close();
  }
}

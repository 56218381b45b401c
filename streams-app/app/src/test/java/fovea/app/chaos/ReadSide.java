package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.app.ingest.Connection;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.map.GlobalMap;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.map.Measure;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import fovea.query.QueryConfig;
import fovea.query.QueryServer;
import fovea.query.ReadModelLimits;
import fovea.query.ReadModels;
import fovea.query.SystemFacts;
import fovea.wire.SchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The read models with the API on top, and both ways to ask them: for one site, or for all. */
final class ReadSide implements AutoCloseable {
  private static final int NOT_YET = 503;
  private static final int NO_MAP = 404;

  final ReadModels models;
  private final QueryServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  /** Holds what is applied to it until it is told what to follow. */
  ReadSide(Topics topics, SchemaRegistry registry) {
    models = new ReadModels(topics, registry, ReadModelLimits.defaults(), InstantSource.system());
    server =
        QueryServer.start(
            QueryConfig.local(0),
            models,
            new SystemFacts("test", topics.prefix(), "none", "none"),
            List.of(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /** Reads what is committed from now on. */
  void follow(Connection connection) {
    models.start(connection.client(Map.of()));
  }

  Optional<GlobalMap> port(Set<String> sites) {
    MapQuery query =
        new MapQuery(
            ModelChoice.open(),
            Optional.empty(),
            new Measure(Quantity.ATTENTION_MAX1, KnownStream.LABEL, Basis.PREDICTED),
            sites,
            Period.always());
    return models.maps().map(query) instanceof MapAnswer.Here here
        ? Optional.of(here.map())
        : Optional.empty();
  }

  Optional<Sighting> api(Set<String> sites) {
    String query = "/api/v1/global-explanations/map?basis=PREDICTED&label=" + KnownStream.LABEL;
    String within = sites.stream().map("&site="::concat).collect(Collectors.joining());
    HttpRequest request = HttpRequest.newBuilder(server.address().resolve(query + within)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, NOT_YET, NO_MAP);
      return answer.statusCode() == 200
          ? Optional.of(Sighting.of(json.readTree(answer.body())))
          : Optional.empty();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    models.close();
  }
}

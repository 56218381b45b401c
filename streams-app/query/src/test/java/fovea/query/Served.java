package fovea.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A query server on a free port of this machine, fed with records by hand. */
final class Served implements AutoCloseable {
  final Records records;
  final ReadModels models;
  final QueryServer server;
  final List<String> problems = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  Served() {
    this(new ReadModelLimits(100, 10_000_000, 5));
  }

  Served(ReadModelLimits limits) {
    this(limits, new Records());
  }

  /** Another instance beside the one that reads these records. */
  Served(Records records) {
    this(new ReadModelLimits(100, 10_000_000, 5), records);
  }

  private Served(ReadModelLimits limits, Records records) {
    this.records = records;
    models =
        new ReadModels(Records.TOPICS, records.registry, limits, InstantSource.fixed(Records.AT));
    HealthCheck check =
        new HealthCheck(
            "score",
            HealthCheck.Stage.LIVE,
            () -> problems.stream().findFirst(),
            () -> Optional.of("m/1 on CPU"));
    server =
        QueryServer.start(
            QueryConfig.local(0),
            models,
            new SystemFacts("0.1.0", "t", "127.0.0.1:9", "http://127.0.0.1:8"),
            List.of(check),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  @SafeVarargs
  final Served with(ConsumerRecord<byte[], byte[]>... some) {
    for (ConsumerRecord<byte[], byte[]> record : some) {
      models.apply(record);
    }
    return this;
  }

  Served caughtUp() {
    models.standings().forEach(one -> models.progress(one.topic()).caughtUp());
    return this;
  }

  HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  URI uri(String path) {
    return server.address().resolve(path);
  }

  JsonNode json(String path) {
    return json(get(path));
  }

  JsonNode json(HttpResponse<byte[]> response) {
    try {
      return mapper.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Optional<String> header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }

  @Override
  public void close() {
    server.close();
    models.close();
  }
}

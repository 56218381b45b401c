package fovea.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running Fovea by its HTTP API. */
final class ApiClient implements AutoCloseable {
  private final URI base;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  ApiClient(URI base) {
    this.base = base;
  }

  /** The body of {@code path} under {@code /api/v1/}. */
  byte[] get(String path, Request.Parameters query) throws IOException, InterruptedException {
    URI uri = base.resolve("/api/v1/" + path + query);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new BrokenWorldException(
          "no Fovea answers at %s; start one with `fovea run` or `fovea demo`".formatted(base), e);
    }
    if (response.statusCode() == 200) {
      return response.body();
    }
    String problem = problem(response);
    if (response.statusCode() < 500) {
      throw new WrongUseException(problem);
    }
    throw new BrokenWorldException(problem);
  }

  JsonNode json(String path, Request.Parameters query) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path, query));
  }

  private static String problem(HttpResponse<byte[]> response) throws IOException {
    JsonNode body = new ObjectMapper().readTree(response.body());
    String detail = body.path("detail").asText(body.path("title").asText());
    return detail.isEmpty() ? "HTTP " + response.statusCode() : detail;
  }

  @Override
  public void close() {
    http.close();
  }
}

package fovea.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** JSON calls to a registry that may be slow, busy, or elsewhere for a while. Thread-safe. */
final class RegistryHttp implements AutoCloseable {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final JsonMapper JSON = new JsonMapper();

  private final RegistryClientPolicy policy;
  private final HttpClient client;
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryHttp(RegistryClientPolicy policy) {
    this.policy = policy;
    this.client = HttpClient.newBuilder().connectTimeout(policy.timeout()).build();
  }

  JsonNode get(String path) throws IOException {
    return call("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  JsonNode send(String method, String path, JsonNode body) throws IOException {
    return call(method, path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private JsonNode call(String method, String path, HttpRequest.BodyPublisher body)
      throws IOException {
    Optional<IOException> failure = Optional.empty();
    for (int round = 0; round < policy.attempts(); round++) {
      if (round > 0) {
        pause(round - 1);
      }
      for (int i = 0; i < policy.urls().size(); i++) {
        int at = (preferred.get() + i) % policy.urls().size();
        try {
          JsonNode answer = attempt(policy.urls().get(at), method, path, body);
          preferred.set(at);
          return answer;
        } catch (RegistryException e) {
          if (e.status() != 429 && e.status() < 500) {
            throw e;
          }
          failure = Optional.of(e);
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          failure = Optional.of(e);
        }
      }
    }
    throw failure.orElseThrow();
  }

  private JsonNode attempt(URI url, String method, String path, HttpRequest.BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(RegistryAddress.resolve(url, path))
            .timeout(policy.timeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body);
    RegistryAddress.auth(url)
        .or(() -> policy.auth().header())
        .ifPresent(value -> request.header("Authorization", value));
    HttpResponse<String> response = exchange(request.build());
    if (response.statusCode() / 100 != 2) {
      throw error(response);
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> exchange(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (java.net.http.HttpTimeoutException e) {
      throw new IOException("no answer within " + policy.timeout(), e);
    } catch (java.net.ConnectException e) {
      // The client leaves its message empty.
      throw new IOException("no connection to " + request.uri().getAuthority(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause(int round) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(policy.pause(round).toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static RegistryException error(HttpResponse<String> response) {
    JsonNode body = lenient(response.body());
    int status = response.statusCode();
    return new RegistryException(
        status, body.path("error_code").asInt(status), body.path("message").asText("no message"));
  }

  // An error page of something between here and the registry need not be JSON.
  private static JsonNode lenient(String body) {
    try {
      return Optional.ofNullable(JSON.readTree(body)).orElseGet(MissingNode::getInstance);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

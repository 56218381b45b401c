package fovea.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What is answered to one request; the body is handed over and never written again. */
final class Reply {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";
  private static final int OK = 200;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  Reply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static Reply json(JsonNode tree) {
    return json(OK, tree);
  }

  static Reply json(int status, JsonNode tree) {
    return of(status, JSON, tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Reply ok(String contentType, byte[] body) {
    return of(OK, contentType, body);
  }

  static Reply of(int status, String contentType, byte[] body) {
    return new Reply(
        status, Map.of("Content-Type", contentType, "Cache-Control", "no-cache"), body);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}

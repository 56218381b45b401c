package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Pattern MARKUP_FROM_TEXT =
      Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(");
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"(/[^\"]+)\"|from '\\./([a-z]+\\.js)'");
  private final Served served = new Served();

  @AfterEach
  void stop() {
    served.close();
  }

  private String text(String path) {
    HttpResponse<byte[]> response = served.get(path);
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void everyFileThePageNamesIsServedAndNoneComesFromElsewhere() {
    Set<String> seen = new TreeSet<>();
    List<String> left = new ArrayList<>(List.of("/"));
    while (!left.isEmpty()) {
      String path = left.removeLast();
      boolean text = path.equals("/") || path.endsWith(".js") || path.endsWith(".css");
      if (seen.add(path) && text) {
        String content = text(path);
        assertThat(content.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
        Matcher matcher = REFERENCE.matcher(content);
        while (matcher.find()) {
          left.add(matcher.group(1) != null ? matcher.group(1) : "/page/" + matcher.group(2));
        }
      }
    }
    assertThat(seen).contains("/page/main.js", "/page/words.js", "/page/style.css");
    seen.removeIf(path -> path.startsWith("/health"));
    seen.forEach(path -> assertThat(served.get(path).statusCode()).as(path).isEqualTo(200));
  }

  @Test
  void whatIsChosenMayStandInThePagesAddress() {
    assertThat(served.get("/?model=cxr&basis=PREDICTED&site=a%20b").statusCode()).isEqualTo(200);
  }

  @Test
  void dataNeverBecomeMarkup() {
    for (Route route : served.server.routes()) {
      if (route.template().endsWith(".js")) {
        assertThat(text(route.template())).doesNotContainPattern(MARKUP_FROM_TEXT);
      }
    }
  }

  @Test
  void everyAnswerForbidsForeignScriptsAndFrames() {
    for (String path : new String[] {"/", "/api/v1/models", "/nothing"}) {
      HttpResponse<byte[]> response = served.get(path);

      assertThat(Served.header(response, "Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
      assertThat(Served.header(response, "X-Content-Type-Options")).contains("nosniff");
      assertThat(Served.header(response, "Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aForeignNameOfThisMachineIsRefused() throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] line = socket.getInputStream().readNBytes(12);

      assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 421");
    }
  }

  @Test
  void theDescriptionNamesEveryRouteAndParameterAndNoOther() {
    JsonNode all = served.json("/api/v1/openapi.json");
    JsonNode paths = all.at("/paths");
    TreeMap<String, Set<String>> described = new TreeMap<>();
    paths
        .fieldNames()
        .forEachRemaining(path -> described.put(path, parameters(all, paths.get(path))));
    TreeMap<String, Set<String>> served = new TreeMap<>();
    for (Route route : this.served.server.routes()) {
      if (route.template().matches("/(api|health|metrics).*")) {
        served.put(route.template(), new TreeSet<>(route.parameters()));
      }
    }

    assertThat(described).isEqualTo(served);
  }

  private static Set<String> parameters(JsonNode all, JsonNode path) {
    Set<String> names = new TreeSet<>();
    for (JsonNode named : path.at("/get/parameters")) {
      String at = named.path("$ref").asText("").replaceFirst("^#", "");
      JsonNode parameter = at.isEmpty() ? named : all.at(at);
      if (parameter.at("/in").asText().equals("query")) {
        names.add(parameter.at("/name").asText());
      }
    }
    return names;
  }
}

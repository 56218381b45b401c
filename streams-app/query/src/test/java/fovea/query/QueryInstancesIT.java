package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several instances beside one broker. */
class QueryInstancesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAPS = "/api/v1/global-explanations";
  private static final List<String> PATHS =
      List.of(
          "/map?label=PNEUMONIA",
          "/map?label=PNEUMONIA&sites=balanced",
          "/map/difference?label=PNEUMONIA&site=site0&minus.site=site1");

  @Test
  void everyInstanceAnswersEveryKeyOnceItHasCaughtUpAndNoneBefore(@TempDir Path folder)
      throws IOException, ExecutionException, InterruptedException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, 0);
        Served first = new Served();
        Served second = new Served(first.records)) {
      String servers = broker.bootstrapServers();
      ReadModelsIT.createTopics(servers);
      for (int site = 0; site < 6; site++) {
        AggregateKey key = Records.key("PNEUMONIA", Basis.ALL, "site" + site, Records.DAY);
        ReadModelsIT.send(
            servers,
            true,
            first.records.map(key, Records.spot(site + 1, 4, 4, site, 16384), Records.AT));
      }
      notReady(first);
      notReady(second);

      first.models.start(Map.of("bootstrap.servers", servers));
      await().atMost(PATIENCE).until(first.models::caughtUp);
      notReady(second);
      second.models.start(Map.of("bootstrap.servers", servers));
      await().atMost(PATIENCE).until(second.models::caughtUp);

      assertThat(first.json(MAPS + "/map?label=PNEUMONIA").at("/n").asLong()).isEqualTo(21);
      for (String path : PATHS) {
        JsonNode one = timeless(first, path);
        assertThat(one).isEqualTo(timeless(second, path));
      }
      assertThat(first.json(MAPS).at("/keys")).hasSize(6);
      assertThat(first.json(MAPS)).isEqualTo(second.json(MAPS));
    }
  }

  private static void notReady(Served served) {
    HttpResponse<byte[]> response = served.get(MAPS + "/map?label=PNEUMONIA");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(Served.header(response, "Retry-After")).contains("1");
  }

  /** All but how far this very instance is, which must be said. */
  private static JsonNode timeless(Served served, String path) {
    ObjectNode answer = (ObjectNode) served.json(MAPS + path);
    assertThat(answer.at("/asOf").asText()).isNotEmpty();
    assertThat(answer.at("/lag").isIntegralNumber()).isTrue();
    return answer.without("lag");
  }
}

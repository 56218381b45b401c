package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictionApiTest {
  private static final String PATH = "/api/v1/predictions";

  private final Served served = new Served();

  @AfterEach
  void stop() {
    served.close();
  }

  private void put(AggregateKey key, int images) {
    served
        .with(served.records.map(key, Records.spot(images, 4, 4, 3, 9000), Records.AT))
        .caughtUp();
  }

  private void put(String label, String site, String day, int all, int predicted) {
    LocalDate pane = LocalDate.parse(day);
    put(Records.key(label, Basis.ALL, site, pane), all);
    if (predicted > 0) {
      put(Records.key(label, Basis.PREDICTED, site, pane), predicted);
    }
  }

  private static JsonNode share(JsonNode answer, String list, int index, int label) {
    return answer.at("/%s/%d/labels/%d".formatted(list, index, label));
  }

  @Test
  void whatIsFoundIsSaidBySiteAndByDay() {
    put("COVID-19", "north", "2026-03-01", 40, 38);
    put("COVID-19", "north", "2026-03-02", 20, 19);
    put("COVID-19", "south", "2026-03-02", 50, 5);
    put("Normal", "south", "2026-03-02", 50, 0);

    JsonNode answer = served.json(PATH);

    JsonNode north = share(answer, "sites", 0, 0);
    assertThat(north.at("/predicted").asLong()).isEqualTo(57);
    assertThat(north.at("/n").asLong()).isEqualTo(60);
    assertThat(north.at("/share").asDouble()).isEqualTo(0.95);
    assertThat(north.at("/low").asDouble()).isCloseTo(0.863, within(0.001));
    assertThat(north.at("/high").asDouble()).isCloseTo(0.983, within(0.001));
    JsonNode normal = share(answer, "sites", 1, 1);
    assertThat(normal.at("/label").asText()).isEqualTo("Normal");
    assertThat(normal.at("/share").asDouble()).isZero();
    JsonNode second = share(answer, "days", 1, 0);
    assertThat(answer.at("/days/1/day").asText()).isEqualTo("2026-03-02");
    assertThat(second.at("/predicted").asLong()).isEqualTo(24);
    assertThat(second.at("/n").asLong()).isEqualTo(70);
  }

  @Test
  void onlyTheSitesAndDaysAskedForCount() {
    put("COVID-19", "north", "2026-03-01", 40, 38);
    put("COVID-19", "north", "2026-03-02", 20, 19);
    put("COVID-19", "south", "2026-03-02", 50, 5);

    JsonNode answer = served.json(PATH + "?site=north&from=2026-03-02");

    assertThat(answer.at("/sites").size()).isEqualTo(1);
    assertThat(share(answer, "sites", 0, 0).at("/n").asLong()).isEqualTo(20);
  }

  @Test
  void twoVersionsAreNeverMixed() {
    put("COVID-19", "north", "2026-03-01", 40, 38);
    ModelVersion next = new ModelVersion("cxr", "2", "fp32.00112233aabbccdd");
    LocalDate day = LocalDate.parse("2026-03-01");
    put(
        new AggregateKey(
            next, Records.FRAME, Quantity.ATTENTION_MAX1, "COVID-19", Basis.ALL, "north", day),
        7);

    HttpResponse<byte[]> open = served.get(PATH);

    assertThat(open.statusCode()).isEqualTo(409);
    assertThat(served.json(open).at("/parameter").asText()).isEqualTo("version");
    assertThat(share(served.json(PATH + "?version=2"), "sites", 0, 0).at("/n").asLong())
        .isEqualTo(7);
  }

  @Test
  void ofNoImageThereIsNoAnswer() {
    put("COVID-19", "north", "2026-03-01", 40, 38);

    assertThat(served.get(PATH + "?site=west").statusCode()).isEqualTo(404);
  }
}

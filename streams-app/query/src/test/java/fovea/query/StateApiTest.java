package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateApiTest {
  private final Served served = new Served();
  private final Records records = served.records;

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void modelsSayWhetherTheyLearntFromArtificialImages() {
    served
        .with(
            records.model(
                Records.MODEL,
                "SERVING",
                Records.AT,
                "{\"trainingData\":\"Seeded phantom, no"
                    + " patient\",\"thresholds\":{\"NORMAL\":0.5}}"),
            records.map(
                Records.key("PNEUMONIA", Basis.PREDICTED, "north", Records.DAY),
                Records.spot(2, 4, 4, 5, 16384),
                Records.AT))
        .caughtUp();

    JsonNode model = served.json("/api/v1/models").at("/models/0");

    assertThat(model.at("/synthetic").asBoolean()).isTrue();
    assertThat(model.at("/thresholds/NORMAL").asDouble()).isEqualTo(0.5);
    assertThat(model.at("/maps/0/sites/0").asText()).isEqualTo("north");
    assertThat(model.at("/maps/0/bases/0").asText()).isEqualTo("PREDICTED");
  }

  @Test
  void deadLettersAreCountedByReason() {
    served
        .with(
            records.deadLetter("IMAGE", "not an image"),
            records.deadLetter("IMAGE", "not an image"),
            records.deadLetter("CLOCK", "1970"))
        .caughtUp();

    JsonNode dead = served.json("/api/v1/counters").at("/deadLetters");

    assertThat(dead.at("/total").asLong()).isEqualTo(3);
    assertThat(dead.at("/byReason/IMAGE").asLong()).isEqualTo(2);
    assertThat(dead.at("/newest/0/reason").asText()).isEqualTo("CLOCK");
  }

  @Test
  void countersAreThoseOfTheSitesAsked() {
    for (String site : new String[] {"north", "south"}) {
      served.with(
          records.counters(
              AggregateKey.counters(Records.MODEL, Records.FRAME, site, Records.DAY),
              Map.of("scored", 5L, "aggregated", 3L, "rejected.TEMPLATE", 2L)));
    }
    served.caughtUp();

    assertThat(served.json("/api/v1/counters").at("/scored").asLong()).isEqualTo(10);
    assertThat(served.json("/api/v1/counters?site=north").at("/rejected/TEMPLATE").asLong())
        .isEqualTo(2);
    assertThat(served.json("/api/v1/counters?to=2026-03-01").at("/scored").asLong()).isZero();
  }

  @Test
  void imagesWithoutAMapAreCountedApartWithTheShareThatHasOne() {
    served
        .with(
            records.counters(
                AggregateKey.counters(Records.MODEL, Records.FRAME, "north", Records.DAY),
                Map.of("scored", 10L, "aggregated", 2L, "withoutMap", 6L, "rejected.ASPECT", 2L)))
        .caughtUp();

    JsonNode counters = served.json("/api/v1/counters");

    assertThat(counters.at("/withoutMap").asLong()).isEqualTo(6);
    assertThat(counters.at("/coverage").asDouble()).isEqualTo(0.25);
    assertThat(served.json("/api/v1/counters?site=south").at("/coverage").isMissingNode()).isTrue();
  }

  @Test
  void modelsSayWhatExplainsThem() {
    served
        .with(
            records.model(
                Records.MODEL,
                "SERVING",
                Records.AT,
                "{\"explainer\":{\"id\":\"rise\",\"parameters\":{\"masks\":\"200\"},"
                    + "\"probe\":{\"share\":0.05}}}"))
        .caughtUp();

    JsonNode explainer = served.json("/api/v1/models").at("/models/0/explainer");

    assertThat(explainer.at("/id").asText()).isEqualTo("rise");
    assertThat(explainer.at("/parameters/masks").asText()).isEqualTo("200");
    assertThat(explainer.at("/blackBox").asBoolean()).isTrue();
    assertThat(explainer.at("/share").asDouble()).isEqualTo(0.05);
  }

  @Test
  void badRecordsAreCountedAndLeftOut() {
    String topic = Records.TOPICS.globalExplanations();
    AggregateKey key = Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY);
    served
        .with(
            records.raw(topic, key.text(), "no avro".getBytes(StandardCharsets.UTF_8), Records.AT),
            records.raw(topic, "no key", null, Records.AT),
            records.map(key, Records.spot(2, 4, 4, 5, 1), Records.AT),
            records.map(
                Records.key("PNEUMONIA", Basis.ALL, "south", Records.DAY),
                Records.spot(2, 3, 3, 5, 1),
                Records.AT))
        .caughtUp();

    JsonNode standings = served.json("/api/v1/counters").at("/readModels");

    assertThat(standings.findValuesAsText("badRecords")).contains("3");
    assertThat(served.json("/api/v1/global-explanations").at("/keys")).hasSize(1);
  }

  @Test
  void readyWaitsForTheReadModelsAndTellsTheirTrouble() {
    assertThat(served.get("/health/ready").statusCode()).isEqualTo(503);

    served.caughtUp();

    assertThat(served.get("/health/ready").statusCode()).isEqualTo(200);

    served.models.progress(Records.TOPICS.models()).trouble("broker does not answer");
    HttpResponse<byte[]> response = served.get("/health/ready");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(served.json(response).at("/checks/0/reason").asText()).contains("broker");
    assertThat(served.get("/api/v1/counters").statusCode()).isEqualTo(200);
    assertThat(served.json("/api/v1/counters").at("/current").asBoolean()).isFalse();
  }

  @Test
  void liveAsksTheChecksItWasGiven() {
    assertThat(served.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(served.json("/health/live").at("/checks/0/detail").asText()).isEqualTo("m/1 on CPU");

    served.problems.add("stream thread is dead");

    assertThat(served.get("/health/live").statusCode()).isEqualTo(503);
    assertThat(served.get("/health/started").statusCode()).isEqualTo(200);
  }

  @Test
  void systemTellsHowToReachIt() {
    JsonNode system = served.json("/api/v1/system");

    assertThat(system.at("/bootstrapServers").asText()).isEqualTo("127.0.0.1:9");
    assertThat(system.at("/schemaRegistry").asText()).isEqualTo("http://127.0.0.1:8");
    assertThat(system.at("/topicPrefix").asText()).isEqualTo("t");
  }

  @Test
  void metricsShowImagesPerMap() {
    served.with(
        records.map(
            Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY),
            Records.spot(2, 4, 4, 5, 1),
            Records.AT),
        records.map(
            Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY.plusDays(1)),
            Records.spot(3, 4, 4, 5, 1),
            Records.AT));

    String metrics = new String(served.get("/metrics").body(), StandardCharsets.UTF_8);

    assertThat(metrics)
        .contains(
            "fovea_map_images{label=\"PNEUMONIA\",model=\"cxr\",site=\"north\",version=\"1\"} 5.0")
        .contains("fovea_read_model_lag_records{topic=\"t.explanations\"}")
        .contains("fovea_read_model_age_seconds{topic=\"t.global-explanations\"} 0.0");
  }
}

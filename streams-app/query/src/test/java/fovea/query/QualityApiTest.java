package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import fovea.core.quality.QualityTally;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QualityApiTest {
  private static final String PATH = "/api/v1/quality?label=PNEUMONIA";
  private final Served served = new Served();
  private final Random random = new Random(5);
  private final QualitySums all = QualitySums.empty();

  @AfterEach
  void stop() {
    served.close();
  }

  private static AggregateKey key(ModelVersion model, String site, LocalDate day, Basis basis) {
    return new AggregateKey(model, Records.FRAME, Quantity.QUALITY, "PNEUMONIA", basis, site, day);
  }

  private QualitySums put(AggregateKey key, int images) {
    QualitySums sums = QualitySums.empty();
    for (int i = 0; i < images; i++) {
      sums.add(QualityMeasure.SPARSENESS, random.nextDouble());
      sums.add(QualityMeasure.STABILITY, i % 4 == 0 ? OptionalDouble.empty() : one());
    }
    all.merge(sums);
    served.with(served.records.quality(key, images, sums)).caughtUp();
    return sums;
  }

  private static OptionalDouble one() {
    return OptionalDouble.of(1);
  }

  private QualitySums put(String site, String day, int images) {
    return put(key(Records.MODEL, site, LocalDate.parse(day), Basis.ALL), images);
  }

  private static JsonNode measure(JsonNode answer, String name) {
    for (JsonNode one : answer.at("/measures")) {
      if (one.at("/measure").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError(name + " is not in " + answer);
  }

  private static void assertSame(JsonNode measure, QualityTally as) {
    assertThat(measure.at("/n").asLong()).isEqualTo(as.n());
    assertThat(measure.at("/undefined").asLong()).isEqualTo(as.undefined());
    assertThat(measure.at("/mean").asDouble()).isEqualTo(as.mean());
    assertThat(measure.at("/standardDeviation").asDouble()).isEqualTo(Math.sqrt(as.variance()));
  }

  @Test
  void panesAndSitesAreAddedUpExactly() {
    put("north", "2026-03-01", 40);
    put("north", "2026-03-02", 25);
    put("south", "2026-03-02", 60);

    JsonNode answer = served.json(PATH);

    assertSame(measure(answer, "SPARSENESS"), all.tally(QualityMeasure.SPARSENESS));
    assertSame(measure(answer, "STABILITY"), all.tally(QualityMeasure.STABILITY));
    assertThat(answer.at("/n").asLong()).isEqualTo(125);
    assertThat(answer.at("/sites").size()).isEqualTo(2);
    assertThat(answer.at("/key/from").asText()).isEqualTo("2026-03-01");
    assertThat(answer.at("/key/to").asText()).isEqualTo("2026-03-02");
    assertThat(answer.at("/lag").asLong()).isZero();
  }

  @Test
  void whatWasNeverMeasuredIsNamed() {
    put("north", "2026-03-01", 2);

    JsonNode not = served.json(PATH).at("/notMeasured");

    assertThat(not).extracting(JsonNode::asText).contains("DELETION", "IOU", "RESIDUAL");
    assertThat(not).extracting(JsonNode::asText).doesNotContain("STABILITY", "SPARSENESS");
  }

  @Test
  void ofNoDefinedValueThereIsNoMean() {
    put("north", "2026-03-01", 1);

    JsonNode stability = measure(served.json(PATH), "STABILITY");

    assertThat(stability.at("/undefined").asLong()).isEqualTo(1);
    assertThat(stability.has("mean")).isFalse();
    assertThat(stability.has("standardDeviation")).isFalse();
  }

  @Test
  void sitesAndDaysNarrowIt() {
    put("north", "2026-03-01", 40);
    QualitySums wanted = put("south", "2026-03-02", 60);
    put("south", "2026-03-03", 10);

    JsonNode answer = served.json(PATH + "&site=south&from=2026-03-02&to=2026-03-02");

    assertSame(measure(answer, "SPARSENESS"), wanted.tally(QualityMeasure.SPARSENESS));
  }

  @Test
  void metricsAreOverAllSitesAndDays() {
    put("north", "2026-03-01", 40);
    put("south", "2026-03-02", 60);

    String metrics = new String(served.get("/metrics").body(), StandardCharsets.UTF_8);

    String tags =
        ("{frame=\"%s\",label=\"PNEUMONIA\",measure=\"STABILITY\","
                + "model=\"cxr\",variant=\"%s\",version=\"1\"}")
            .formatted(Records.FRAME, Records.MODEL.variant());
    assertThat(metrics).contains("fovea_quality_mean" + tags + " 1.0");
    assertThat(metrics).contains("fovea_quality_images" + tags + " 75.0");
  }

  @Test
  void zonesOfPeaksAreAddedUpAndNeverAveraged() {
    putPeaks("PNEUMONIA", "north", "2026-03-01", Map.of("centre", 9, "left", 1));
    putPeaks("PNEUMONIA", "south", "2026-03-02", Map.of("left", 24, "centre", 6));
    putPeaks("NORMAL", "north", "2026-03-01", Map.of("upper", 8, "lower", 2));
    putPeaks("EMPTY", "north", "2026-03-01", Map.of());

    JsonNode peaks = served.json(PATH).at("/zoneConsistency");

    assertThat(peaks.at("/n").asLong()).isEqualTo(40);
    assertThat(peaks.at("/zone").asText()).isEqualTo("left");
    assertThat(peaks.at("/share").asDouble()).isEqualTo(25 / 40.0);
    assertThat(peaks.at("/consistent").asBoolean()).isFalse();
    assertThat(peaks.at("/zones"))
        .extracting(zone -> zone.at("/zone").asText() + zone.at("/n").asLong())
        .containsExactly("left25", "centre15");
    assertThat(peaks.at("/model/labels").asInt()).isEqualTo(2);
    assertThat(peaks.at("/model/consistent").asInt()).isEqualTo(1);
    assertThat(peaks.at("/model/share").asDouble()).isEqualTo(0.5);
  }

  @Test
  void zonesOfPeaksAreOfTheSitesAndDaysAskedFor() {
    putPeaks("PNEUMONIA", "north", "2026-03-01", Map.of("centre", 9, "left", 1));
    putPeaks("PNEUMONIA", "south", "2026-03-02", Map.of("left", 24, "centre", 6));
    putPeaks("NORMAL", "south", "2026-03-02", Map.of("upper", 7, "lower", 3));

    JsonNode north = served.json(PATH + "&site=north").at("/zoneConsistency");
    JsonNode second = served.json(PATH + "&pane=2026-03-02").at("/zoneConsistency");

    assertThat(north.at("/zone").asText()).isEqualTo("centre");
    assertThat(north.at("/consistent").asBoolean()).isTrue();
    assertThat(north.at("/model/labels").asInt()).isEqualTo(1);
    assertThat(second.at("/n").asLong()).isEqualTo(30);
    assertThat(second.at("/consistent").asBoolean()).as("24 of 30 are 0.8").isTrue();
    assertThat(second.at("/model/consistent").asInt()).isEqualTo(1);
  }

  @Test
  void withoutAPeakThereIsNoZone() {
    put("north", "2026-03-01", 2);

    JsonNode answer = served.json(PATH);

    assertThat(answer.has("zoneConsistency")).isFalse();
    assertThat(answer.at("/notMeasured")).extracting(JsonNode::asText).contains("ZONE_CONSISTENCY");
  }

  @Test
  void metricsNameTheShareOfTheBestZoneAndOfConsistentLabels() {
    putPeaks("PNEUMONIA", "north", "2026-03-01", Map.of("centre", 9, "left", 1));
    putPeaks("PNEUMONIA", "south", "2026-03-02", Map.of("left", 24, "centre", 6));
    putPeaks("NORMAL", "north", "2026-03-01", Map.of("upper", 8, "lower", 2));

    String metrics = new String(served.get("/metrics").body(), StandardCharsets.UTF_8);

    String of = "model=\"cxr\",variant=\"%s\",version=\"1\"".formatted(Records.MODEL.variant());
    String frame = "frame=\"%s\",".formatted(Records.FRAME);
    assertThat(metrics)
        .contains(
            "fovea_quality_peak_zone_share{" + frame + "label=\"PNEUMONIA\"," + of + "} 0.625");
    assertThat(metrics)
        .contains("fovea_quality_peak_zone_share{" + frame + "label=\"NORMAL\"," + of + "} 0.8");
    assertThat(metrics).contains("fovea_quality_zone_consistency{" + frame + of + "} 0.5");
  }

  private void putPeaks(String label, String site, String day, Map<String, Integer> zones) {
    QualitySums sums = QualitySums.empty();
    sums.add(QualityMeasure.SPARSENESS, 0.5);
    zones.forEach(
        (zone, n) -> {
          for (int i = 0; i < n; i++) {
            sums.addPeak(zone);
          }
        });
    AggregateKey key =
        new AggregateKey(
            Records.MODEL,
            Records.FRAME,
            Quantity.QUALITY,
            label,
            Basis.ALL,
            site,
            LocalDate.parse(day));
    served.with(served.records.quality(key, 1, sums)).caughtUp();
  }

  @Test
  void aStateThatEndedIsGone() {
    put("north", "2026-03-01", 3);
    served.with(
        served.records.noMap(
            key(Records.MODEL, "north", LocalDate.parse("2026-03-01"), Basis.ALL)));

    assertThat(served.get(PATH).statusCode()).isEqualTo(404);
  }

  @Test
  void basesAreApart() {
    put("north", "2026-03-01", 3);
    put(key(Records.MODEL, "north", Records.DAY, Basis.PREDICTED), 2);

    assertThat(served.json(PATH).at("/n").asLong()).isEqualTo(3);
    assertThat(served.json(PATH + "&basis=PREDICTED").at("/n").asLong()).isEqualTo(2);
  }

  @Test
  void whatIsNotPlainIsAProblem() {
    put("north", "2026-03-01", 3);
    put(key(new ModelVersion("cxr", "2", "fp32.00"), "north", Records.DAY, Basis.ALL), 3);

    assertProblem("/api/v1/quality", 400, "label must be given");
    assertProblem(PATH + "&basis=CONFIRMED", 400, "basis must be one of");
    assertProblem(PATH + "&colour=red", 400, "parameter must be one of");
    assertProblem("/api/v1/quality?label=NONE", 404, "nothing is measured yet");
    assertProblem(PATH, 409, "say which version");
    assertThat(served.json(PATH + "&version=2").at("/n").asLong()).isEqualTo(3);
  }

  private void assertProblem(String path, int status, String says) {
    HttpResponse<byte[]> answer = served.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    assertThat(Served.header(answer, "Content-Type")).hasValue("application/problem+json");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(says);
  }
}

package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MapApiTest {
  private static final String MAP = "/api/v1/global-explanations/map";
  private final Served served = new Served();
  private final Records records = served.records;
  private final AggregateKey north = Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY);
  private final AggregateKey south =
      Records.key("PNEUMONIA", Basis.ALL, "south", Records.DAY.plusDays(1));
  private final Moments few = Records.spot(3, 4, 4, 5, 16384);
  private final Moments many = Records.spot(7, 4, 4, 10, 8192);

  private void twoSites() {
    served
        .with(records.map(north, few, Records.AT))
        .with(records.map(south, many, Records.AT.plusSeconds(5)))
        .caughtUp();
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void everySiteAndDayIsAddedUpExactly() {
    twoSites();
    Moments all = Moments.read(few.bytes());
    all.merge(many);
    MomentsSnapshot expected = all.snapshot();

    JsonNode map = served.json(MAP + "?label=PNEUMONIA");

    assertThat(map.at("/n").asLong()).isEqualTo(10);
    assertThat(map.at("/fingerprint").asText())
        .isEqualTo(HexFormat.of().toHexDigits(expected.fingerprint()))
        .hasSize(16);
    assertThat(doubles(map.at("/mean"))).containsExactly(expected.mean());
    assertThat(doubles(map.at("/variance"))).containsExactly(expected.variance());
    assertThat(doubles(map.at("/exceedance"))).containsExactly(expected.exceedance());
    assertThat(map.at("/asOf").asText()).isEqualTo("2026-03-02T10:00:05Z");
    assertThat(map.at("/key/from").asText()).isEqualTo("2026-03-02");
    assertThat(map.at("/key/to").asText()).isEqualTo("2026-03-03");
  }

  @Test
  void sitesAndDaysRestrict() {
    twoSites();

    assertThat(served.json(MAP + "?label=PNEUMONIA&site=north").at("/n").asLong()).isEqualTo(3);
    assertThat(served.json(MAP + "?label=PNEUMONIA&site=north&site=south").at("/n").asLong())
        .isEqualTo(10);
    assertThat(served.json(MAP + "?label=PNEUMONIA&from=2026-03-03").at("/n").asLong())
        .isEqualTo(7);
    assertThat(served.json(MAP + "?label=PNEUMONIA&to=2026-03-02").at("/n").asLong()).isEqualTo(3);
    assertThat(served.get(MAP + "?label=PNEUMONIA&to=2026-03-01").statusCode()).isEqualTo(404);
  }

  @Test
  void aTombstoneRemovesAMap() {
    twoSites();

    served.with(records.noMap(south));

    assertThat(served.json(MAP + "?label=PNEUMONIA").at("/n").asLong()).isEqualTo(3);
  }

  @Test
  void countersOfTheSameSitesStandBesideTheMap() {
    twoSites();
    served.with(
        records.counters(
            AggregateKey.counters(Records.MODEL, "other", "north", Records.DAY),
            Map.of("scored", 5L, "aggregated", 3L, "rejected.TEMPLATE", 2L)),
        records.counters(
            AggregateKey.counters(Records.MODEL, Records.FRAME, "south", Records.DAY),
            Map.of("scored", 7L, "aggregated", 7L)));

    JsonNode counters = served.json(MAP + "?label=PNEUMONIA&site=north").at("/counters");

    assertThat(counters.at("/scored").asLong()).isEqualTo(5);
    assertThat(counters.at("/rejected/TEMPLATE").asLong()).isEqualTo(2);
  }

  @Test
  void theNewestServingVersionIsMeantWhereNoneIsGiven() {
    twoSites();
    ModelVersion second = new ModelVersion("cxr", "2", "fp32.ff");
    served.with(
        records.model(Records.MODEL, "SERVING", Records.AT, "{}"),
        records.model(second, "SERVING", Records.AT.plusSeconds(1), "{}"),
        records.map(of(second), few, Records.AT));

    assertThat(served.json(MAP + "?label=PNEUMONIA").at("/key/version").asText()).isEqualTo("2");
    assertThat(served.json(MAP + "?label=PNEUMONIA&version=1").at("/n").asLong()).isEqualTo(10);
  }

  @Test
  void severalVariantsAreAProblemThatNamesThem() {
    twoSites();
    served.with(
        records.map(of(new ModelVersion("cxr", "1", "fp16.00112233aabbccdd")), few, Records.AT));

    HttpResponse<byte[]> response = served.get(MAP + "?label=PNEUMONIA");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(served.json(response).at("/parameter").asText()).isEqualTo("variant");
    assertThat(served.json(response).at("/choices")).hasSize(2);
    assertThat(served.get(MAP + "?label=PNEUMONIA&variant=fp16.00112233aabbccdd").statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongParametersAreNamedWithWhatIsAllowed() {
    twoSites();

    problem("?label=PNEUMONIA&basis=SOME", "basis", "PREDICTED");
    problem("", "label", "must be given");
    problem("?label=PNEUMONIA&lable=X", "parameter", "label");
    problem("?label=PNEUMONIA&from=yesterday", "from", "2026-01-31");
    problem("?label=PNEUMONIA&from=2026-03-03&to=2026-03-02", "to", "before");
    problem(".png?label=PNEUMONIA&size=4000", "size", "2048");
    problem(".png?label=PNEUMONIA&underlay=x", "underlay", "mean-image");
    assertThat(served.get(MAP + "?label=" + "x".repeat(4100)).statusCode()).isEqualTo(414);
    assertThatThrownBy(() -> new Ask(Map.of(), "label=%ZZ")).hasMessageContaining("encoded");
  }

  private void problem(String query, String parameter, String hint) {
    HttpResponse<byte[]> response = served.get(MAP + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Served.header(response, "Content-Type")).contains("application/problem+json");
    assertThat(served.json(response).at("/parameter").asText()).isEqualTo(parameter);
    assertThat(served.json(response).at("/detail").asText()).contains(hint);
  }

  @Test
  void nothingIsAnsweredBeforeWhatWasThereIsHeld() {
    HttpResponse<byte[]> response = served.get(MAP + "?label=PNEUMONIA");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(Served.header(response, "Retry-After")).contains("1");
    assertThat(Served.header(response, "Content-Type")).contains("application/problem+json");
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() {
    twoSites();
    for (String form : new String[] {"", ".png", ".npy"}) {
      String path = MAP + form + "?label=PNEUMONIA";
      String etag = Served.header(served.get(path), "ETag").orElseThrow();

      assertThat(served.get(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
      assertThat(served.get(path, "If-None-Match", "W/" + etag + ", \"x\"").statusCode())
          .isEqualTo(304);
    }
    String path = MAP + "?label=PNEUMONIA";
    String etag = Served.header(served.get(path), "ETag").orElseThrow();

    served.with(records.map(north, many, Records.AT));

    assertThat(served.get(path, "If-None-Match", etag).statusCode()).isEqualTo(200);
  }

  @Test
  void pngIsAsWideAsAskedAndBrightestAtTheMaximum() throws IOException {
    twoSites();
    BufferedImage plain =
        image(MAP + ".png?label=PNEUMONIA&site=north&size=404&caption=none&underlay=none");

    assertThat(plain.getWidth()).isEqualTo(404);
    assertThat(plain.getHeight()).isEqualTo(404);
    assertThat(plain.getRGB(151, 151) & 0xffffff).isEqualTo(0xfde725);
    assertThat(plain.getRGB(390, 390) & 0xffffff).isEqualTo(0x440154);

    BufferedImage full = image(MAP + ".png?label=PNEUMONIA");
    assertThat(full.getWidth()).isEqualTo(448);
    assertThat(full.getHeight()).isGreaterThan(500);
  }

  private BufferedImage image(String path) throws IOException {
    HttpResponse<byte[]> response = served.get(path);
    assertThat(Served.header(response, "Content-Type")).contains("image/png");
    return ImageIO.read(new ByteArrayInputStream(response.body()));
  }

  @Test
  void npyHoldsTheMeanRowByRow() {
    twoSites();

    ByteBuffer npy =
        ByteBuffer.wrap(served.get(MAP + ".npy?label=PNEUMONIA&site=north").body())
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(npy.get(0) & 0xff).isEqualTo(0x93);
    assertThat(npy.get(6)).isEqualTo((byte) 1);
    int header = npy.getShort(8);
    assertThat((10 + header) % 64).isZero();
    byte[] text = new byte[header];
    npy.get(10, text);
    assertThat(new String(text, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (4, 4), }")
        .endsWith("\n");
    double[] mean = new double[16];
    npy.position(10 + header).slice().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(mean);
    assertThat(mean).containsExactly(few.snapshot().mean());
  }

  @Test
  void keysAreListedPageByPage() {
    twoSites();

    JsonNode first = served.json("/api/v1/global-explanations?limit=1");
    JsonNode second =
        served.json(
            "/api/v1/global-explanations?limit=1&after="
                + first.at("/next").asText().replace("|", "%7C"));

    assertThat(first.at("/keys/0/site").asText()).isEqualTo("north");
    assertThat(second.at("/keys/0/site").asText()).isEqualTo("south");
    assertThat(second.at("/keys/0/n").asLong()).isEqualTo(7);
    assertThat(second.has("next")).isFalse();
    assertThat(served.json("/api/v1/global-explanations?site=south").at("/keys")).hasSize(1);
  }

  @Test
  void onlyReadingIsAllowed() {
    HttpRequest post =
        HttpRequest.newBuilder(served.uri(MAP)).POST(HttpRequest.BodyPublishers.noBody()).build();

    assertThat(served.send(post).statusCode()).isEqualTo(405);
    assertThat(served.get("/api/v1/nothing").statusCode()).isEqualTo(404);
  }

  private AggregateKey of(ModelVersion model) {
    return new AggregateKey(
        model, north.frame(), north.quantity(), north.label(), north.basis(), "north", Records.DAY);
  }

  private static double[] doubles(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }
}

package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.explanation.CellGrid;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageApiTest {
  private static final String ID = "ward 1/<b>a+b</b>%.png";
  private static final String MAP_PNG =
      "/api/v1/global-explanations/map.png?label=PNEUMONIA&caption=none";
  private final Served served = new Served(new ReadModelLimits(3, 10_000_000, 5)).caughtUp();
  private final Records records = served.records;

  @AfterEach
  void stop() {
    served.close();
  }

  private static Records.Said said(String image, String site, float p, int grey) {
    short[] cells = new short[16];
    cells[5] = 16384;
    byte[] thumbnail = new byte[64 * 64];
    Arrays.fill(thumbnail, (byte) grey);
    return new Records.Said(
        "s-" + image,
        image,
        site,
        Map.of("PNEUMONIA", p),
        new CellGrid(4, 4, Records.EXPONENT, cells),
        Optional.of(thumbnail));
  }

  private void put(Records.Said said, int second) {
    served.with(records.explanation(said, Records.MODEL, at(second)));
  }

  private static Instant at(int second) {
    return Records.AT.plusSeconds(second);
  }

  private static String path(String id) {
    return "/api/v1/images/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void anyImageIdCanBeAskedFor() {
    put(said(ID, "north", 0.75f, 100), 0);

    JsonNode one = served.json(path(ID) + "/explanations").get(0);

    assertThat(one.at("/imageId").asText()).isEqualTo(ID);
    assertThat(one.at("/probabilities/PNEUMONIA").asDouble()).isEqualTo(0.75);
    assertThat(one.at("/labels/0/evidence/values/5").asDouble()).isEqualTo(1.0);
    assertThat(served.get(path("other") + "/explanations").statusCode()).isEqualTo(404);
  }

  @Test
  void theNewestComeFirstAndTheOldestGo() {
    put(said("c", "north", 0.1f, 0), 3);
    put(said("a", "north", 0.1f, 0), 1);
    put(said("b", "south", 0.9f, 0), 2);
    put(said("d", "north", 0.9f, 0), 4);

    assertThat(ids("")).containsExactly("d", "c", "b");
    assertThat(ids("?site=south")).containsExactly("b");
    assertThat(ids("?label=PNEUMONIA")).containsExactly("d", "b");
    assertThat(served.get(path("a") + "/explanations").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesFollowEachOther() {
    put(said("a", "north", 0.1f, 0), 1);
    put(said("b", "north", 0.1f, 0), 2);
    put(said("c", "north", 0.1f, 0), 3);

    String next = served.json("/api/v1/images?limit=2").at("/next").asText();

    assertThat(ids("?limit=2&before=" + next)).containsExactly("a");
  }

  private String[] ids(String query) {
    JsonNode images = served.json("/api/v1/images" + query).at("/images");
    String[] ids = new String[images.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = images.get(i).at("/imageId").asText();
    }
    return ids;
  }

  @Test
  void aTombstoneRemovesAnExplanation() {
    Records.Said said = said("a", "north", 0.1f, 0);
    put(said, 1);

    served.with(records.noExplanation(said, Records.MODEL));

    assertThat(served.get(path("a") + "/explanations").statusCode()).isEqualTo(404);
    assertThat(ids("")).isEmpty();
  }

  @Test
  void anErasedImageIsForgottenInListsThumbnailsUnderlaysAndPictures() {
    Records.Said erased = said("a", "north", 0.9f, 10);
    Records.Said stays = said("b", "north", 0.9f, 200);
    AggregateKey key = Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY);
    put(erased, 1);
    put(stays, 2);
    served.with(records.map(key, Records.spot(2, 4, 4, 5, 16384), Records.AT));
    byte[] with = served.get(MAP_PNG).body();
    assertThat(served.get(path("a") + "/explanations.png").statusCode()).isEqualTo(200);

    served.with(records.noExplanation(erased, Records.MODEL));

    assertThat(served.get(path("a") + "/explanations").statusCode()).isEqualTo(404);
    assertThat(served.get(path("a") + "/explanations.png").statusCode()).isEqualTo(404);
    assertThat(ids("")).containsExactly("b");
    assertThat(served.get(MAP_PNG).body()).isNotEqualTo(with).isEqualTo(neverHeld(stays, key));
    served.with(records.noExplanation(stays, Records.MODEL));
    assertThat(served.models.ring().mean(Records.MODEL, Records.FRAME, Set.of())).isEmpty();
    assertThat(served.models.ring().size()).isZero();
  }

  private static byte[] neverHeld(Records.Said said, AggregateKey key) {
    try (Served other = new Served()) {
      return other
          .with(
              other.records.explanation(said, Records.MODEL, at(2)),
              other.records.map(key, Records.spot(2, 4, 4, 5, 16384), Records.AT))
          .caughtUp()
          .get(MAP_PNG)
          .body();
    }
  }

  @Test
  void aReplayedExplanationIsHeldOnce() {
    put(said("a", "north", 0.1f, 0), 1);
    put(said("a", "north", 0.2f, 0), 1);

    JsonNode all = served.json(path("a") + "/explanations");

    assertThat(all).hasSize(1);
    assertThat(all.at("/0/probabilities/PNEUMONIA").floatValue()).isEqualTo(0.2f);
  }

  @Test
  void theOverlayShowsTheEvidenceOverTheThumbnail() throws IOException {
    put(said(ID, "north", 0.75f, 255), 0);

    HttpResponse<byte[]> response =
        served.get(path(ID) + "/explanations.png?label=PNEUMONIA&size=200&caption=none");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(response.body()));

    assertThat(image.getWidth()).isEqualTo(200);
    int strongest = image.getRGB(75, 75) & 0xff;
    int nothing = image.getRGB(190, 190) & 0xff;
    assertThat(strongest).isLessThan(100);
    assertThat(nothing).isGreaterThan(200);
  }

  @Test
  void anImageOfTwoModelsNeedsToBeToldWhich() {
    put(said("a", "north", 0.1f, 0), 1);
    served.with(
        records.explanation(
            said("a", "north", 0.1f, 0), new ModelVersion("other", "1", "fp32.ff"), at(2)));

    HttpResponse<byte[]> response = served.get(path("a") + "/explanations.png");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(served.json(response).at("/choices")).hasSize(2);
    assertThat(served.get(path("a") + "/explanations.png?model=other").statusCode()).isEqualTo(200);
    assertThat(served.get(path("a") + "/explanations.png?model=none").statusCode()).isEqualTo(400);
    assertThat(served.get(path("a") + "/explanations.png?model=other&label=X").statusCode())
        .isEqualTo(400);
  }

  @Test
  void theUnderlayIsTheMeanOfTheThumbnailsHeld() {
    put(said("a", "north", 0.1f, 10), 1);
    put(said("b", "north", 0.1f, 20), 2);
    put(said("c", "south", 0.1f, 90), 3);
    put(said("d", "south", 0.1f, 100), 4);
    served.with(
        records.map(
            Records.key("PNEUMONIA", Basis.ALL, "north", Records.DAY),
            Records.spot(2, 4, 4, 5, 16384),
            Records.AT));
    float[] row = new float[64];

    var all = served.models.ring().mean(Records.MODEL, Records.FRAME, Set.of());
    all.orElseThrow().raster().row(0, row);

    assertThat(all.orElseThrow().n()).isEqualTo(3);
    assertThat(row[0]).isEqualTo(70);
    assertThat(
            served
                .json("/api/v1/global-explanations/map?label=PNEUMONIA&site=north")
                .at("/underlayImages")
                .asLong())
        .isEqualTo(1);
  }
}

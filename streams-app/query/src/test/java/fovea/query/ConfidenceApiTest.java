package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.composition.FoldedDifference;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Folds;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.Moments;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of chance comes from the folds of the very images of a map. */
class ConfidenceApiTest {
  private static final String BASE = "/api/v1/global-explanations/map";
  private static final String PREDICTED = "?label=PNEUMONIA&basis=PREDICTED";
  private final Served served = new Served();
  private final Random random = new Random(3);

  @AfterEach
  void stop() {
    served.close();
  }

  private record Both(Moments moments, Folds folds) {}

  private Both images(int count) {
    Both both = new Both(Moments.empty(4, 4, Records.EXPONENT), Folds.empty(4, 4));
    for (int i = 0; i < count; i++) {
      short[] cells = new short[16];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = (short) (random.nextInt(8_000) + 400 * c);
      }
      CellGrid grid = new CellGrid(4, 4, Records.EXPONENT, cells);
      both.moments.add(new CellMap(grid, false, 0, random.nextLong()));
      both.folds.add(random.nextInt(Folds.FOLDS), grid);
    }
    return both;
  }

  private static AggregateKey key(String site) {
    return Records.key("PNEUMONIA", Basis.PREDICTED, site, Records.DAY);
  }

  private Both put(String site, int count) {
    Both both = images(count);
    served.with(served.records.map(key(site), both.moments, both.folds, Records.AT)).caughtUp();
    return both;
  }

  @Test
  void foldsOfAllPanesTogetherGiveStandardErrorAndSplitHalf() {
    FoldsSnapshot all = put("north", 60).folds.snapshot().plus(put("south", 50).folds.snapshot());

    JsonNode map = served.json(BASE + PREDICTED);

    assertThat(doubles(map.at("/standardError"))).containsExactly(all.standardError());
    assertThat(map.at("/splitHalf").asDouble()).isEqualTo(all.splitHalf());
    assertThat(map.at("/folds").asInt()).isEqualTo(20);
    assertThat(served.get(BASE + ".png" + PREDICTED + "&layer=stderr").statusCode()).isEqualTo(200);
    assertThat(served.get(BASE + ".npy" + PREDICTED + "&layer=stderr").body())
        .isNotEqualTo(served.get(BASE + ".npy" + PREDICTED).body());
  }

  @Test
  void aDifferenceHasTheStandardErrorOfBothFolds() {
    FoldsSnapshot north = put("north", 60).folds.snapshot();
    FoldsSnapshot south = put("south", 50).folds.snapshot();
    String query = "/difference" + PREDICTED + "&site=north&minus.site=south";

    JsonNode difference = served.json(BASE + query);

    assertThat(doubles(difference.at("/standardError")))
        .containsExactly(new FoldedDifference(north, south).standardError());
    assertThat(
            served
                .get(BASE + query.replace("/difference", "/difference.png") + "&layer=stderr")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void withoutTheFoldsOfEveryImageNothingIsSaidOfChance() {
    put("north", 60);
    Both south = images(50);
    served.with(served.records.map(key("south"), south.moments, Records.AT));

    none(PREDICTED);
    none(PREDICTED + "&site=south");
    none(PREDICTED + "&sites=balanced");
    assertThat(served.json(BASE + PREDICTED + "&site=north").has("standardError")).isTrue();
  }

  @Test
  void foldsOfOtherImagesAreNotBelieved() {
    Both some = images(60);
    served
        .with(served.records.map(key("north"), some.moments, images(59).folds, Records.AT))
        .caughtUp();

    none(PREDICTED);
  }

  @Test
  void oneFoldGivesNoStandardErrorRatherThanANumber() {
    put("north", 1);

    assertThat(served.json(BASE + PREDICTED).at("/folds").asInt()).isEqualTo(1);
    none(PREDICTED);
  }

  private void none(String query) {
    JsonNode map = served.json(BASE + query);
    assertThat(map.at("/n").asLong()).isPositive();
    assertThat(map.has("standardError")).isFalse();
    assertThat(map.has("splitHalf")).isFalse();
    HttpResponse<byte[]> picture = served.get(BASE + ".png" + query + "&layer=stderr");
    assertThat(picture.statusCode()).isEqualTo(404);
    assertThat(served.json(picture).at("/detail").asText()).contains("not available");
  }

  private static double[] doubles(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }
}

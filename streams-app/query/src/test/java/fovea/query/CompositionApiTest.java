package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps put together by the API against adding up every image's own cells. */
class CompositionApiTest {
  private static final String BASE = "/api/v1/global-explanations/map";
  private static final List<String> LABELS = List.of("EDEMA", "PNEUMONIA");
  private static final List<String> SITES = List.of("east", "north", "south");
  private final Served served = new Served();
  private final List<Image> images = new ArrayList<>();

  /** One image's map of one label. */
  private record Image(
      String label,
      String site,
      LocalDate day,
      boolean found,
      Optional<Boolean> sick,
      CellMap map) {

    List<Basis> bases() {
      List<Basis> bases = new ArrayList<>(List.of(Basis.ALL));
      if (found) {
        bases.add(Basis.PREDICTED);
      }
      if (sick.isPresent()) {
        if (sick.get()) {
          bases.add(Basis.CONFIRMED);
        }
        bases.add(found ? sick.get() ? Basis.TP : Basis.FP : sick.get() ? Basis.FN : Basis.TN);
      }
      return bases;
    }
  }

  @BeforeEach
  void someImages() {
    Random random = new Random(5);
    for (int i = 0; i < 120; i++) {
      String site = SITES.get(Math.min(2, random.nextInt(6)));
      LocalDate day = Records.DAY.plusDays(random.nextInt(4));
      for (String label : LABELS) {
        boolean found = random.nextInt(3) == 0;
        Optional<Boolean> sick =
            label.equals("EDEMA") || random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(random.nextBoolean());
        images.add(new Image(label, site, day, found, sick, map(random)));
      }
    }
    Map<AggregateKey, Moments> states = new HashMap<>();
    for (Image image : images) {
      for (Basis basis : image.bases()) {
        states
            .computeIfAbsent(
                Records.key(image.label, basis, image.site, image.day),
                k -> Moments.empty(4, 4, Records.EXPONENT))
            .add(image.map);
      }
    }
    states.forEach((key, sum) -> served.with(served.records.map(key, sum, Records.AT)));
    served.caughtUp();
  }

  private static CellMap map(Random random) {
    short[] cells = new short[16];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) random.nextInt(16_385);
    }
    return new CellMap(new CellGrid(4, 4, Records.EXPONENT, cells), false, 0, random.nextLong());
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private List<Image> of(Predicate<Image> wanted) {
    return images.stream().filter(wanted).toList();
  }

  private static double[] mean(List<Image> of) {
    Moments sum = Moments.empty(4, 4, Records.EXPONENT);
    of.forEach(image -> sum.add(image.map));
    return sum.snapshot().mean();
  }

  /** The mean of the groups' means. */
  private static double[] mean(List<Image> of, Function<Image, String> group) {
    Map<String, List<Image>> groups = of.stream().collect(Collectors.groupingBy(group));
    double[] mean = new double[16];
    groups.values().forEach(one -> add(mean, mean(one), 1.0 / groups.size()));
    return mean;
  }

  private static void add(double[] to, double[] more, double times) {
    for (int i = 0; i < to.length; i++) {
      to[i] += more[i] * times;
    }
  }

  private static String fingerprint(List<Image> of) {
    return HexFormat.of()
        .toHexDigits(of.stream().mapToLong(image -> image.map.fingerprint()).sum());
  }

  private void matches(JsonNode map, double[] mean, List<Image> of) {
    assertThat(doubles(map.at("/mean"))).containsExactly(mean, within(1e-14));
    assertThat(map.at("/n").asLong()).isEqualTo(of.size());
    assertThat(map.at("/fingerprint").asText()).isEqualTo(fingerprint(of));
    assertThat(map.at("/lag").isNumber()).isTrue();
  }

  @Test
  void pooledSitesGiveEveryImageEqualWeightAndBalancedEverySite() {
    List<Image> pneumonia = of(image -> image.label.equals("PNEUMONIA"));

    JsonNode pooled = served.json(BASE + "?label=PNEUMONIA");
    JsonNode balanced = served.json(BASE + "?label=PNEUMONIA&sites=balanced");

    matches(pooled, mean(pneumonia), pneumonia);
    matches(balanced, mean(pneumonia, Image::site), pneumonia);
    assertThat(pooled.at("/exact").asBoolean()).isTrue();
    assertThat(pooled.at("/variance")).hasSize(16);
    assertThat(balanced.at("/exact").asBoolean()).isFalse();
    assertThat(balanced.has("variance")).isFalse();
    assertThat(doubles(balanced.at("/mean"))).isNotEqualTo(doubles(pooled.at("/mean")));
  }

  @Test
  void macroGivesEveryLabelEqualWeightAndMicroEveryImage() {
    List<Image> found = of(image -> image.found);

    JsonNode macro = served.json(BASE + "?labels=macro&basis=PREDICTED");
    JsonNode micro = served.json(BASE + "?labels=micro&basis=PREDICTED");

    matches(macro, mean(found, Image::label), found);
    matches(micro, mean(found), found);
    assertThat(micro.at("/exact").asBoolean()).isTrue();
    assertThat(macro.at("/labels")).hasSize(2);
  }

  @Test
  void sitesAndLabelsMayBothBeBalanced() {
    JsonNode macro = served.json(BASE + "?labels=macro&sites=balanced");
    JsonNode micro = served.json(BASE + "?labels=micro&sites=balanced");

    double[] expected = new double[16];
    LABELS.forEach(
        label -> add(expected, mean(of(image -> image.label.equals(label)), Image::site), 0.5));
    matches(macro, expected, images);
    matches(micro, mean(images, Image::site), images);
  }

  @Test
  void aLabelThatHasNoSuchMapIsNamedAndNotCounted() {
    JsonNode macro = served.json(BASE + "?labels=macro&basis=CONFIRMED");

    assertThat(macro.at("/labels/0").asText()).isEqualTo("PNEUMONIA");
    assertThat(macro.at("/missingLabels/0").asText()).isEqualTo("EDEMA");
    assertThat(served.get(BASE + "?labels=macro&basis=CONFIRMED&label=EDEMA&label=PNEUMONIA"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
  }

  @Test
  void anyTwoSelectionsHaveADifference() {
    List<Image> early =
        of(
            image ->
                image.label.equals("PNEUMONIA")
                    && image.site.equals("south")
                    && image.day.isBefore(Records.DAY.plusDays(2)));
    List<Image> late =
        of(
            image ->
                image.label.equals("PNEUMONIA")
                    && image.found
                    && image.day.equals(Records.DAY.plusDays(3)));
    String query =
        "?label=PNEUMONIA&site=south&to=2026-03-03&minus.site=&minus.basis=PREDICTED"
            + "&minus.pane=2026-03-05";

    JsonNode answer = served.json(BASE + "/difference" + query);

    double[] expected = mean(early);
    add(expected, mean(late), -1);
    assertThat(doubles(answer.at("/difference"))).containsExactly(expected, within(1e-14));
    assertThat(answer.at("/first/n").asLong()).isEqualTo(early.size());
    assertThat(answer.at("/minus/n").asLong()).isEqualTo(late.size());
    assertThat(answer.at("/first/fingerprint").asText()).isEqualTo(fingerprint(early));
    assertThat(answer.at("/minus/fingerprint").asText()).isEqualTo(fingerprint(late));
    int at = answer.at("/greatest/row").asInt() * 4 + answer.at("/greatest/column").asInt();
    assertThat(answer.at("/greatest/value").asDouble()).isEqualTo(expected[at], within(1e-14));
    assertThat(npy(served.get(BASE + "/difference.npy" + query).body()))
        .containsExactly(doubles(answer.at("/difference")));
  }

  @Test
  void theDifferenceOfAMapAndItselfIsNoughtEverywhereAndWhite() throws IOException {
    String query = "?label=PNEUMONIA&minus.label=PNEUMONIA";

    assertThat(doubles(served.json(BASE + "/difference" + query).at("/difference")))
        .containsOnly(0.0);
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(
                served.get(BASE + "/difference.png" + query + "&caption=none&size=64").body()));
    assertThat(image.getRGB(32, 32) & 0xffffff).isEqualTo(0xf7f7f7);
  }

  @Test
  void presentMinusAbsentGoesByOutcomeWhereAnyIsKnown() {
    List<Image> known = of(image -> image.label.equals("PNEUMONIA") && image.sick.isPresent());
    List<Image> present = known.stream().filter(image -> image.sick.orElseThrow()).toList();
    List<Image> absent = known.stream().filter(image -> !image.sick.orElseThrow()).toList();

    JsonNode answer = served.json(BASE + "/present-minus-absent?label=PNEUMONIA");

    assertThat(answer.at("/by").asText()).isEqualTo("outcome");
    matchesSide(answer.at("/first"), present);
    matchesSide(answer.at("/minus"), absent);
    assertThat(answer.at("/first/outcomes/known").asLong()).isEqualTo(known.size());
    assertThat(answer.at("/first/outcomes/of").asLong()).isEqualTo(120);
  }

  @Test
  void presentMinusAbsentGoesByDecisionWhereNoOutcomeIsKnown() {
    List<Image> edema = of(image -> image.label.equals("EDEMA"));

    JsonNode answer = served.json(BASE + "/present-minus-absent?label=EDEMA");

    assertThat(answer.at("/by").asText()).isEqualTo("decision");
    matchesSide(answer.at("/first"), edema.stream().filter(Image::found).toList());
    matchesSide(answer.at("/minus"), edema.stream().filter(image -> !image.found).toList());
    assertThat(answer.at("/minus/variance")).hasSize(16);
    HttpResponse<byte[]> outcome =
        served.get(BASE + "/present-minus-absent?label=EDEMA&by=outcome");
    assertThat(outcome.statusCode()).isEqualTo(404);
    assertThat(served.json(outcome).at("/detail").asText()).contains("no outcome is known");
  }

  private void matchesSide(JsonNode side, List<Image> of) {
    assertThat(doubles(side.at("/mean"))).containsExactly(mean(of), within(0.0));
    assertThat(side.at("/n").asLong()).isEqualTo(of.size());
    assertThat(side.at("/fingerprint").asText()).isEqualTo(fingerprint(of));
  }

  @Test
  void whatIsNotAvailableIsSaidAndNeverShownAsEmpty() {
    detail("?label=EDEMA&basis=CONFIRMED", "no outcome is known");
    detail("?label=EDEMA&basis=TN", "no outcome is known");
    detail("?label=PNEUMONIA&pane=2026-01-01", "no image has entered");
    CellGrid grid = new CellGrid(4, 4, Records.EXPONENT, new short[16]);
    Records.Said said =
        new Records.Said(
            "s", "i", "north", Map.of("PNEUMONIA", 0.1f, "NORMAL", 0.9f), grid, Optional.empty());
    assertThat(served.get(BASE + "?label=PNEUMONIA&basis=FN").statusCode()).isEqualTo(200);

    served.with(served.records.withMapsOf(Set.of("NORMAL"), said, Records.MODEL, Records.AT));

    detail("?label=PNEUMONIA&basis=FN", "carry no map");
    detail("/present-minus-absent?label=PNEUMONIA", "carry no map");
    assertThat(served.get(BASE + "?label=PNEUMONIA&basis=TP").statusCode()).isEqualTo(200);
  }

  @Test
  void imagesOutsideTheSampleOfABlackBoxMakeNoMapUnavailable() {
    CellGrid grid = new CellGrid(4, 4, Records.EXPONENT, new short[16]);
    Records.Said said =
        new Records.Said("s", "i", "north", Map.of("PNEUMONIA", 0.1f), grid, Optional.empty());

    served.with(served.records.withMapsOf(Set.of(), said, Records.MODEL, Records.AT));

    assertThat(served.get(BASE + "?label=PNEUMONIA&basis=FN").statusCode()).isEqualTo(200);
    JsonNode image = served.json("/api/v1/images").at("/images/0/explanations/0");
    assertThat(image.at("/mapped").asBoolean(true)).isFalse();
    assertThat(served.get("/api/v1/images/i/explanations.png").statusCode()).isEqualTo(404);
  }

  private void detail(String query, String words) {
    HttpResponse<byte[]> response = served.get(BASE + query);
    assertThat(response.statusCode()).as(query).isEqualTo(404);
    assertThat(served.json(response).at("/detail").asText()).contains(words);
  }

  @Test
  void wrongComparisonsAreNamed() {
    problem("/difference?label=PNEUMONIA", "minus.label");
    problem("/difference?label=PNEUMONIA&minus.quantity=EVIDENCE", "parameter");
    problem("?label=PNEUMONIA&label=EDEMA", "labels");
    problem("?label=PNEUMONIA&sites=some", "sites");
    problem("?label=PNEUMONIA&pane=2026-03-02&to=2026-03-04", "pane");
    problem("?labels=mean", "labels");
    problem("/present-minus-absent?label=EDEMA&by=guess", "by");
    ModelVersion other = new ModelVersion("cxr", "2", "fp32.ff");
    AggregateKey elsewhere =
        new AggregateKey(
            other,
            "DX.other.any.4x4",
            Quantity.ATTENTION_MAX1,
            "PNEUMONIA",
            Basis.ALL,
            "north",
            Records.DAY);
    served.with(served.records.map(elsewhere, Records.spot(1, 4, 4, 0, 1), Records.AT));
    problem(
        "/difference?label=PNEUMONIA&version=1&minus.version=2&minus.frame=DX.other.any.4x4",
        "minus.frame");
    assertThat(served.get(BASE + "/difference?label=PNEUMONIA&version=1&minus.version=2"))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(404);
  }

  private void problem(String query, String parameter) {
    HttpResponse<byte[]> response = served.get(BASE + query);
    assertThat(response.statusCode()).as(query).isEqualTo(400);
    assertThat(served.json(response).at("/parameter").asText()).isEqualTo(parameter);
  }

  private static double[] npy(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    double[] out = new double[16];
    bytes
        .position(10 + bytes.getShort(8))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(out);
    return out;
  }

  private static double[] doubles(JsonNode array) {
    double[] out = new double[array.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = array.get(i).asDouble();
    }
    return out;
  }
}

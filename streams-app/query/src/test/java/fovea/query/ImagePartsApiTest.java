package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.explanation.CellGrid;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.LesionPart;
import fovea.schema.Parts;
import fovea.schema.PrototypePart;
import fovea.schema.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImagePartsApiTest {
  private static final String IMAGE = "/api/v1/images/i/explanations";
  private final Served served = new Served().caughtUp();

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void prototypesAreNamedWithWhatTheyAddAndTheRestMakesTheLogit() {
    put(
        record ->
            record.setParts(
                Parts.newBuilder()
                    .setLesions(List.of())
                    .setPrototypes(
                        List.of(
                            new PrototypePart("PNEUMONIA", 12, "a/b.png", 2.5f, 1.25f, 6),
                            new PrototypePart("PNEUMONIA", 3, null, 1f, 0.5f, 15)))
                    .build()));

    for (JsonNode one : List.of(served.json(IMAGE).get(0), listed())) {
      JsonNode sum = one.at("/prototypes/0");
      assertThat(sum.at("/label").asText()).isEqualTo("PNEUMONIA");
      assertThat(sum.at("/named/0/prototype").asInt()).isEqualTo(12);
      assertThat(sum.at("/named/0/name").asText()).isEqualTo("a/b.png");
      assertThat(sum.at("/named/0/cell/row").asInt()).isEqualTo(1);
      assertThat(sum.at("/named/0/cell/column").asInt()).isEqualTo(2);
      assertThat(sum.at("/named/1").has("name")).isFalse();
      // The logit is 1, the offset 0.25.
      assertThat(sum.at("/others").asDouble()).isEqualTo(1 - 0.25 - 1.25 - 0.5);
      assertThat(one.has("lesions")).isFalse();
    }
  }

  @Test
  void lesionsComeWithTheirMapsWhereOneImageIsAskedFor() throws IOException {
    short[] cells = new short[16];
    cells[5] = 100;
    ByteBuffer map = new CellGrid(4, 4, -2, cells).bytes();
    LesionPart drusen = new LesionPart("drusen", 0.75f, 1.5f, 5, map, -2);
    LesionPart other = new LesionPart("scar", 0.25f, 0.5f, 0, null, 0);
    put(
        record ->
            record.setParts(
                Parts.newBuilder()
                    .setPrototypes(List.of())
                    .setDiagnosis("PNEUMONIA")
                    .setPath("weighted")
                    .setBias(-1)
                    .setLesions(List.of(drusen, other))
                    .build()));

    JsonNode sum = served.json(IMAGE).get(0).at("/lesions");

    assertThat(sum.at("/diagnosis").asText()).isEqualTo("PNEUMONIA");
    assertThat(sum.at("/path").asText()).isEqualTo("weighted");
    assertThat(sum.at("/bias").asDouble()).isEqualTo(-1);
    assertThat(sum.at("/named/0/map/values/5").asDouble()).isEqualTo(25);
    assertThat(sum.at("/named/1").has("map")).isFalse();
    assertThat(listed().at("/lesions/named/0/contribution").asDouble()).isEqualTo(1.5);
    assertThat(listed().at("/lesions/named/0").has("map")).isFalse();
    BufferedImage picture = picture("lesion=drusen");
    assertThat(picture.getRGB(75, 75)).isNotEqualTo(picture.getRGB(190, 190));
    assertThat(served.get(IMAGE + ".png?lesion=scar").statusCode()).isEqualTo(404);
    assertThat(served.get(IMAGE + ".png?lesion=none").statusCode()).isEqualTo(404);
  }

  @Test
  void theOverallMapIsTheLabelsMapsWeighedByTheirMeans() throws IOException {
    put(record -> record.setLabels(List.of(label("A", 5, 16), label("B", 10, 32))));

    JsonNode overall = served.json(IMAGE).get(0).at("/overall");

    // Means 1 and 2 of maps with one cell of 16 and 32: σ(1) of the second.
    assertThat(overall.at("/explainer").asText()).isEqualTo("adacam-fovea");
    assertThat(overall.at("/says").asText()).contains("Fovea's reading");
    assertThat(overall.at("/values/5").asDouble()).isCloseTo(16 * 0.268941421, within(1e-5));
    assertThat(overall.at("/values/10").asDouble()).isCloseTo(32 * 0.731058579, within(1e-5));
    BufferedImage picture = picture("map=overall");
    assertThat(picture.getRGB(125, 125)).isNotEqualTo(picture.getRGB(10, 10));
  }

  @Test
  void whereALabelsEvidenceIsMissingThereIsNoOverallMap() {
    put(
        record ->
            record.setLabels(
                List.of(
                    label("A", 5, 16),
                    LabelExplanation.newBuilder(label("B", 5, 16)).setEvidence(null).build())));

    assertThat(served.json(IMAGE).get(0).has("overall")).isFalse();
    assertThat(served.get(IMAGE + ".png?map=overall").statusCode()).isEqualTo(404);
    assertThat(served.get(IMAGE + ".png?map=other").statusCode()).isEqualTo(400);
  }

  @Test
  void aProjectionIsAPoint() {
    ByteBuffer two = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    two.putFloat(-4).putFloat(0.5f).flip();
    put(record -> record.setProjection(new Tensor(two, List.of(2), "float32-le")));

    assertThat(served.json(IMAGE).get(0).at("/projection/u").asDouble()).isEqualTo(-4);
    assertThat(listed().at("/projection/v").asDouble()).isEqualTo(0.5);
  }

  @Test
  void aRecordWithoutPartsIsAnsweredAsBefore() {
    put(record -> record);

    JsonNode one = served.json(IMAGE).get(0);

    assertThat(one.has("prototypes")).isFalse();
    assertThat(one.has("lesions")).isFalse();
    assertThat(one.has("projection")).isFalse();
  }

  private JsonNode listed() {
    return served.json("/api/v1/images").at("/images/0/explanations/0");
  }

  private BufferedImage picture(String which) throws IOException {
    byte[] body = served.get(IMAGE + ".png?size=200&caption=none&underlay=none&" + which).body();
    return ImageIO.read(new ByteArrayInputStream(body));
  }

  /** All evidence in one cell. */
  private static LabelExplanation label(String name, int cell, int value) {
    short[] cells = new short[16];
    cells[cell] = (short) (value << 5);
    return LabelExplanation.newBuilder()
        .setLabel(name)
        .setLogit(1)
        .setProbability(0.5f)
        .setDecision(false)
        .setThreshold(0.5f)
        .setEvidence(new CellGrid(4, 4, -5, cells).bytes())
        .setQuality(List.of())
        .build();
  }

  private void put(UnaryOperator<Explanation.Builder> more) {
    short[] cells = new short[16];
    cells[5] = 100;
    Records.Said said =
        new Records.Said(
            "s",
            "i",
            "north",
            Map.of("PNEUMONIA", 0.75f),
            new CellGrid(4, 4, -5, cells),
            Optional.empty());
    served.with(
        served.records.explanation(
            said, Records.MODEL, Records.AT, r -> more.apply(r.setOffset(List.of(0.25f)))));
  }
}

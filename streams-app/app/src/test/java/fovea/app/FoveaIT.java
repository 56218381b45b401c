package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.phantom.Lesion;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system as a user runs it: embedded broker and registry, the shipped model, folders of
 * images through the command line, results by topic, API and file. Steps build on each other.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FoveaIT {
  private static final int IMAGES = 240;
  private static final double MASS_IN_ZONE = 0.8;

  @TempDir private static Path folder;
  private static RunningFovea fovea;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    PhantomFolder.write(folder.resolve("phantom"), IMAGES);
    DamagedFolder.write(folder.resolve("damaged"));
    fovea = RunningFovea.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() throws IOException {
    fovea.close();
  }

  @Test
  @Order(1)
  void everyImageIsExplainedOnce() throws IOException {
    CliResult ingest = ingestPhantom();

    assertThat(ingest.code()).isZero();
    assertThat(ingest.json().path("published").asInt()).isEqualTo(IMAGES);
    assertThat(ingest.json().path("explained").asInt()).isEqualTo(IMAGES);
    List<String> keys = fovea.committedKeys(fovea.topics().explanations());
    assertThat(keys).hasSize(IMAGES);
    assertThat(new HashSet<>(keys)).hasSize(IMAGES);
  }

  @Test
  @Order(2)
  void everyExplanationIsInTheMapsOrCountedAsRejected() throws Exception {
    for (Lesion lesion : Lesion.values()) {
      JsonNode map = fovea.mapOnceItHolds(lesion.label(), "ALL", IMAGES);
      JsonNode counters = map.path("counters");

      assertThat(counters.path("scored").asLong()).isEqualTo(IMAGES);
      assertThat(map.path("n").asLong()).isEqualTo(counters.path("aggregated").asLong());
    }
  }

  @Test
  @Order(3)
  void eachMapFindsItsLesion() throws Exception {
    for (Lesion lesion : Lesion.values()) {
      JsonNode map = fovea.map(lesion.label(), "PREDICTED");

      ZoneShare share = ZoneShare.of(map, lesion);

      System.out.println(lesion.label() + ": " + share);
      assertThat(share.area()).isLessThanOrEqualTo(0.10);
      assertThat(share.mass()).isGreaterThanOrEqualTo(MASS_IN_ZONE);
    }
  }

  @Test
  @Order(4)
  void whatCannotBeAnImageBecomesADeadLetterWithItsReason() throws IOException {
    CliResult ingest =
        fovea.cli(
            "ingest",
            folder.resolve("damaged").toString(),
            "--site",
            "north",
            "--modality",
            "OP",
            "--wait",
            "--json");

    assertThat(ingest.code()).isEqualTo(1);
    assertThat(ingest.json().path("deadLetters").asInt()).isEqualTo(DamagedFolder.REASONS.size());
    DamagedFolder.check(fovea.deadLetters(), folder.resolve("damaged"));
  }

  @Test
  @Order(5)
  void imagesSentAgainAreCountedOnce() throws Exception {
    String before = fovea.map(Lesion.MACULAR_LESION.label(), "ALL").path("fingerprint").asText();

    assertThat(ingestPhantom().code()).isZero();

    JsonNode after = fovea.map(Lesion.MACULAR_LESION.label(), "ALL");
    assertThat(after.path("counters").path("scored").asLong()).isEqualTo(IMAGES);
    assertThat(after.path("fingerprint").asText()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void aMapIsWrittenAsPictureNumbersAndJson() throws IOException {
    for (String name : List.of("map.png", "map.json", "map.npy")) {
      Path file = folder.resolve(name);

      CliResult result = fovea.cli("map", "--label", "macular_lesion", "--out", file.toString());

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(Files.size(file)).isPositive();
    }
    BufferedImage picture = ImageIO.read(folder.resolve("map.png").toFile());
    assertThat(Set.of(picture.getWidth(), picture.getHeight())).allMatch(side -> side >= 448);
  }

  @Test
  @Order(6)
  void theDifferenceOfTwoMapsIsWritten() throws IOException {
    Path file = folder.resolve("difference.png");
    String[] verb = {"map", "--label", "macular_lesion", "--json", "--out", file.toString()};

    CliResult minus = fovea.cli(with(verb, "--minus", "basis=PREDICTED"));
    CliResult contrast = fovea.cli(with(verb, "--present-minus-absent"));

    assertThat(minus.code()).as(minus.err()).isZero();
    long all = minus.json().path("n").asLong();
    long predicted = minus.json().path("minusN").asLong();
    assertThat(predicted).isPositive().isLessThan(all);
    assertThat(contrast.code()).as(contrast.err()).isZero();
    assertThat(contrast.json().path("by").asText()).isEqualTo("decision");
    assertThat(contrast.json().path("n").asLong()).isEqualTo(predicted);
    assertThat(contrast.json().path("minusN").asLong()).isEqualTo(all - predicted);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(448);
  }

  private static String[] with(String[] verb, String... more) {
    return Stream.concat(Arrays.stream(verb), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  @Order(7)
  void metricsTellOfImagesLagAndNativeMemory() throws Exception {
    // Kafka's own are looked for once a minute.
    String metrics =
        await()
            .atMost(Duration.ofSeconds(90))
            .until(
                () -> fovea.get("/metrics").body(),
                body -> body.contains("kafka_stream_record_cache_hit_ratio_avg{"));

    assertThat(metrics)
        .contains("fovea_images_scored_total{")
        .contains("fovea_dead_letters_total{")
        .contains("fovea_map_images{")
        .contains("fovea_read_model_lag_records{")
        .contains("fovea_rocksdb_used_bytes")
        .doesNotContain("phantom-0");
  }

  @Test
  @Order(8)
  void aSecondStartOnTheSameFolderContinues() throws Exception {
    JsonNode before = fovea.map(Lesion.MACULAR_LESION.label(), "ALL");

    fovea.close();
    fovea = RunningFovea.start(folder.resolve("data"));

    JsonNode after = fovea.mapOnceItHolds(Lesion.MACULAR_LESION.label(), "ALL", IMAGES);
    assertThat(after.path("n")).isEqualTo(before.path("n"));
    assertThat(after.path("fingerprint")).isEqualTo(before.path("fingerprint"));
    assertThat(after.path("mean")).isEqualTo(before.path("mean"));
  }

  @Test
  @Order(9)
  void anErasedSubjectIsGoneFromTheMapsAndCertified() throws Exception {
    List<String> rows = Files.readAllLines(folder.resolve("phantom/labels.csv"));
    String subject = rows.getLast().split(",")[1];
    long images = rows.stream().filter(row -> row.split(",")[1].equals(subject)).count();

    CliResult erased =
        fovea.cli("erase", "--subject", subject, "--wait", "--timeout", "PT2M", "--json");

    assertThat(erased.code()).as(erased.err()).isZero();
    assertThat(erased.json().path("missing")).isEmpty();
    assertThat(erased.json().path("removed").findValuesAsText("stage"))
        .contains("contribute", "accumulate");
    fovea.mapOnceItHolds(Lesion.MACULAR_LESION.label(), "ALL", IMAGES - images);
    assertThat(fovea.tombstones(fovea.topics().explanations()))
        .hasSize((int) images)
        .allMatch(key -> key.startsWith(subject + "|"));
    CliResult again =
        fovea.cli("erase", "--subject", subject, "--wait", "--timeout", "PT2M", "--json");
    assertThat(again.code()).as("nothing is left, and that is certified").isZero();
  }

  private static CliResult ingestPhantom() {
    Path phantom = folder.resolve("phantom");
    return fovea.cli(
        "ingest",
        phantom.toString(),
        "--labels",
        phantom.resolve("labels.csv").toString(),
        "--site",
        "north",
        "--modality",
        "OP",
        "--wait",
        "--json");
  }
}

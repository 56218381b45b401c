package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.DeadLetter;
import fovea.schema.InlinePayload;
import fovea.schema.ReferencePayload;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreDeadLetterTest {
  private static final byte[] GOOD = TestImages.png(5);

  @TempDir Path directory;

  static Stream<Arguments> badImages() {
    return Stream.of(
        bad("FIELD", "blank subject", i -> i.setSubjectId(" ")),
        bad("FIELD", "blank image", i -> i.setImageId("")),
        bad("FIELD", "blank site", i -> i.setSite("")),
        bad("FIELD", "blank modality", i -> i.setModality("")),
        bad("FIELD", "long image id", i -> i.setImageId("x".repeat(257))),
        bad("FIELD", "many strata", i -> i.setStrata(strata(17))),
        bad("FIELD", "long stratum", i -> i.setStrata(Map.of("sex", "x".repeat(65)))),
        bad("MODALITY", "unknown", i -> i.setModality("HOLOGRAM")),
        bad("MODALITY", "not accepted", i -> i.setModality("DX")),
        bad("CLOCK", "too early", i -> i.setAcquiredAt(Instant.parse("1899-12-31T23:59:59Z"))),
        bad(
            "CLOCK",
            "too late",
            i -> i.setAcquiredAt(ScoreRig.INGESTED.plus(Duration.ofHours(24)).plusMillis(1))),
        bad(
            "FETCH",
            "reference",
            i -> i.setPayload(new ReferencePayload("file:/x", "00", null, null))),
        bad(
            "CHECKSUM",
            "another content's digest",
            i ->
                i.setPayload(
                    new InlinePayload(
                        ByteBuffer.wrap(GOOD), null, TestImages.sha256(TestImages.png(6))))),
        bad("IMAGE", "no bytes", i -> i.setPayload(TestImages.payload(new byte[0]))),
        bad(
            "IMAGE",
            "cut off",
            i -> i.setPayload(TestImages.payload(Arrays.copyOf(GOOD, GOOD.length / 2)))),
        bad(
            "IMAGE",
            "text",
            i -> i.setPayload(TestImages.payload("hello".getBytes(StandardCharsets.UTF_8)))),
        bad("TOO_LARGE", "huge header", i -> i.setPayload(TestImages.payload(huge()))),
        bad("MODEL", "NaN", i -> i.setPayload(marked(CellMeanClassifier.NAN))),
        bad("MODEL", "engine", i -> i.setPayload(marked(CellMeanClassifier.FAULT))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badImages")
  void aBadImageBecomesADeadLetterWithItsBytes(
      String reason, String what, Consumer<ScreeningImage.Builder> spoil) {
    ScreeningImage.Builder image = TestImages.record("s", "i", GOOD);
    spoil.accept(image);
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {
      byte[] bytes = rig.bytes(image.build());

      rig.send("key", bytes);
      rig.send(TestImages.record("s", "next", GOOD));

      TestRecord<byte[], DeadLetter> out = rig.deadLetters.readRecord();
      assertThat(out.value().getReason()).as(out.value().getMessage()).isEqualTo(reason);
      assertThat(out.key()).asString(StandardCharsets.UTF_8).isEqualTo("key");
      assertThat(out.getRecordTime()).isEqualTo(ScoreRig.INGESTED);
      assertThat(out.value().getOriginal()).isEqualTo(ByteBuffer.wrap(bytes));
      assertThat(out.value().getModel()).isEqualTo(reason.equals("MODEL") ? "m/1" : null);
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      assertThat(rig.explanations.readValuesToList())
          .as("the line goes on")
          .extracting(e -> e.getImageId())
          .containsExactly("next");
    }
  }

  @Test
  void bytesThatAreNoRecordAreADeadLetterSchema() {
    byte[] noMagic = "not avro".getBytes(StandardCharsets.UTF_8);
    byte[] unknownId = {0, 0, 0, 1, (byte) 0x99, 2, 3};
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {
      byte[] good = rig.bytes(TestImages.record("s", "i", GOOD).build());
      byte[] cut = Arrays.copyOf(good, good.length - 3);

      for (byte[] bad : new byte[][] {noMagic, unknownId, cut, {}, null}) {
        rig.send("k", bad);
      }

      assertThat(rig.deadLetters.readValuesToList())
          .hasSize(5)
          .allSatisfy(letter -> assertThat(letter.getReason()).isEqualTo("SCHEMA"))
          .extracting(DeadLetter::getOriginal)
          .containsExactly(
              ByteBuffer.wrap(noMagic),
              ByteBuffer.wrap(unknownId),
              ByteBuffer.wrap(cut),
              ByteBuffer.allocate(0),
              null);
      assertThat(
              rig.meters
                  .get("fovea.dead.letters")
                  .tags("reason", "SCHEMA", "stage", "score")
                  .counter()
                  .count())
          .isEqualTo(5);
    }
  }

  @Test
  void aDeadLetterSaysWhereTheRecordLies() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {
      rig.send(TestImages.record("s", "i", GOOD));

      rig.send("k", new byte[] {1});

      DeadLetter letter = rig.deadLetters.readValue();
      assertThat(letter.getSourceTopic()).isEqualTo("fovea.images");
      assertThat(letter.getSourcePartition()).isZero();
      assertThat(letter.getSourceOffset()).isEqualTo(1);
      assertThat(letter.getSourceTimestamp()).isEqualTo(ScoreRig.INGESTED);
      assertThat(letter.getStage()).isEqualTo("score");
      assertThat(letter.getHeaders()).hasSize(1);
      assertThat(letter.getHeaders().getFirst().getKey()).isEqualTo("traceparent");
    }
  }

  @Test
  void anOriginalThatDoesNotFitIsLedToByItsOffset() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {

      rig.send("k", new byte[ScoreRig.POLICY.originalLimit()]);

      DeadLetter letter = rig.deadLetters.readValue();
      assertThat(letter.getOriginal()).isNull();
      assertThat(letter.getOriginalSize()).isEqualTo(ScoreRig.POLICY.originalLimit());
    }
  }

  @Test
  void anAcquisitionADayAheadIsStillTaken() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {

      rig.send(
          TestImages.record("s", "i", GOOD)
              .setAcquiredAt(ScoreRig.INGESTED.plus(Duration.ofHours(24))));

      assertThat(rig.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void messagesRepeatNothingOfTheRecord() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.fundus("m", 1))) {

      rig.send(TestImages.record("JANE-DOE", "JANE-DOE", GOOD).setModality("JANE-DOE"));
      rig.send(
          TestImages.record("JANE-DOE", "i", GOOD).setStrata(Map.of("JANE-DOE".repeat(9), "")));

      assertThat(rig.deadLetters.readValuesToList())
          .hasSize(2)
          .allSatisfy(letter -> assertThat(letter.getMessage()).doesNotContain("JANE"));
    }
  }

  private static Arguments bad(String reason, String what, Consumer<ScreeningImage.Builder> spoil) {
    return Arguments.of(reason, what, spoil);
  }

  private static InlinePayload marked(int marker) {
    return TestImages.payload(TestImages.marked(marker));
  }

  private static Map<String, String> strata(int count) {
    Map<String, String> strata = new HashMap<>();
    for (int i = 0; i < count; i++) {
      strata.put("s" + i, "x");
    }
    return strata;
  }

  /** A PNG whose header says 60,000 × 60,000 pixels, with a true check sum. */
  private static byte[] huge() {
    byte[] png = GOOD.clone();
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }
}

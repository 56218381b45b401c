package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.GlobalExplanation;
import fovea.schema.Measured;
import fovea.schema.Region;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything counts once, whatever the order, the repeats and the caches. */
class OnceTest {
  private static final Instant NOW = AggregateRig.NOW;

  @TempDir Path directory;

  @Test
  void twentyRandomOrdersGiveOneHash() {
    List<Consumer<AggregateRig>> records = records(new Random(42), 160);
    String expected = hash(records, AggregateRig.CACHE);

    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(records, new Random(seed));

      assertThat(hash(records, AggregateRig.CACHE)).as("seed %d", seed).isEqualTo(expected);
    }
    records.removeLast();
    assertThat(hash(records, AggregateRig.CACHE)).isNotEqualTo(expected);
  }

  @Test
  void theCachesSizeDoesNotChangeAByte() {
    List<Consumer<AggregateRig>> records = records(new Random(43), 200);
    String expected = hash(records, 0);

    assertThat(hash(records, 5000)).isEqualTo(expected);
    assertThat(hash(records, 64 << 20)).isEqualTo(expected);
  }

  @Test
  void theSameImagesThreeTimesAreCountedOnce() {
    try (AggregateRig rig = new AggregateRig(directory)) {
      for (int time = 0; time < 3; time++) {
        for (int i = 0; i < 200; i++) {
          rig.send(
              TestExplanations.of("s" + i % 50, "i" + i, i).setIngestedAt(NOW.plusSeconds(time)));
        }
      }

      Map<String, GlobalExplanation> read = rig.readModel();
      assertThat(read).hasSize(13);
      read.values().forEach(global -> assertThat(global.getN()).isEqualTo(200));
    }
  }

  /**
   * Images of few subjects with corrections and replays, outcomes of images and exams that change,
   * erasures of subjects and images before, between and after them: at random, so that they meet.
   */
  private static List<Consumer<AggregateRig>> records(Random random, int count) {
    List<Consumer<AggregateRig>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String subject = "s" + random.nextInt(6);
      String image = "i" + random.nextInt(5);
      int moment = random.nextInt(100);
      int content = random.nextInt(3);
      int kind = random.nextInt(10);
      records.add(
          kind < 6
              ? rig -> explain(rig, subject, image, content, moment)
              : kind < 9
                  ? rig -> confirm(rig, subject, image, content, moment)
                  : rig -> erase(rig, subject, image, content, moment));
    }
    // So that one is certain to change the result when it is missing.
    records.add(rig -> explain(rig, "last", "i", 0, 99));
    return records;
  }

  private static void explain(AggregateRig rig, String s, String image, int content, int moment) {
    rig.send(
        TestExplanations.measured(
                s,
                image,
                content,
                new Measured("STABILITY", moment % 2.0),
                new Measured(content == 0 ? "BEAUTY" : "DELETION", moment / 100.0))
            .setRevision(content)
            .setExamId("e" + content % 2)
            .setSite("site" + content)
            .setIngestedAt(NOW.plusSeconds(moment)),
        NOW.plusSeconds(moment));
  }

  private static void confirm(AggregateRig rig, String s, String image, int content, int moment) {
    boolean exam = content == 1;
    rig.send(
        TestExplanations.outcome(s)
            .setImageId(exam ? null : image)
            .setExamId(exam ? "e" + moment % 2 : null)
            .setLabels(moment % 3 == 0 ? List.of("A") : List.of("B"))
            .setAssessed(moment % 4 == 0 ? List.of("A") : List.of())
            .setRegions(List.of(new Region("A", moment % 16, 3, moment % 5, 6)))
            .setConfirmedAt(NOW.plusSeconds(content))
            .build(),
        NOW.plusSeconds(moment));
  }

  private static void erase(AggregateRig rig, String s, String image, int content, int moment) {
    rig.send(
        TestExplanations.erasure(s, NOW.plusSeconds(moment / 2))
            .setImageId(content == 0 ? null : image)
            .build(),
        NOW.plusSeconds(moment));
  }

  private String hash(List<Consumer<AggregateRig>> records, long cacheBytes) {
    try (AggregateRig rig = new AggregateRig(directory, cacheBytes)) {
      records.forEach(record -> record.accept(rig));
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      assertThat(Objects.requireNonNull(rig.readModel())).isNotEmpty();
      return rig.hash();
    }
  }
}

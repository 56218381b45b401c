package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Counters;
import fovea.core.aggregate.Quantity;
import fovea.core.explainer.ExplainerSpec;
import fovea.core.explainer.blackbox.ImageSeed;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.Moments;
import fovea.modelstore.Link;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Measured;
import fovea.schema.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that give logits alone, from the image to the maps. */
class BlackBoxScoreTest {
  private static final int IMAGES = 60;
  private static final double SHARE = 0.3;

  @TempDir private Path directory;

  @Test
  void sampledImagesHaveAMapAndAllHaveProbabilitiesBesideAModelWithEvidence() {
    List<Explanation> all =
        explanations(
            TestModels.blackBox("box", 2, Link.SIGMOID, SHARE), TestModels.fundus("own", 2));

    assertThat(all).hasSize(2 * IMAGES);
    assertThat(of("own", all)).allMatch(BlackBoxScoreTest::mapped);
    List<Explanation> box = of("box", all);
    assertThat(box)
        .allMatch(e -> mapped(e) == ImageSeed.sampled(e.getImageId(), SHARE))
        .anyMatch(BlackBoxScoreTest::mapped)
        .anyMatch(e -> !mapped(e));
    for (Explanation e : box) {
      assertThat(e.getExplainer()).isEqualTo("occlusion");
      assertThat(e.getFrame()).isEqualTo("OP.any.L.4x4");
      assertThat(e.getGridHeight()).isEqualTo(TestModels.GRID);
      assertThat(e.getOffset()).isEmpty();
      assertThat(e.getResidual()).isNull();
      LabelExplanation second = e.getLabels().get(1);
      assertThat((double) second.getProbability())
          .isCloseTo(1 / (1 + Math.exp(-second.getLogit())), within(1e-6));
      assertThat(second.getDecision()).isEqualTo(second.getProbability() >= 0.6);
      assertThat(second.getMax() > 0).isEqualTo(mapped(e));
    }
  }

  @Test
  void mapLiesWhereTheModelLooksAndNowhereElse() {
    for (Explanation e : explanations(TestModels.blackBox("box", 1, Link.SIGMOID, 1))) {
      short[] cells = cells(e, 0);
      for (int cell = 0; cell < cells.length; cell++) {
        assertThat(cells[cell] > 0).isEqualTo(cell / 4 < 2 && cell % 4 < 2);
      }
    }
  }

  @Test
  void ofSoftmaxLabelsTheMapsSumToNothing() {
    for (Explanation e : explanations(TestModels.blackBox("box", 3, Link.SOFTMAX, 1))) {
      for (int cell = 0; cell < 16; cell++) {
        int sum = cells(e, 0)[cell] + cells(e, 1)[cell] + cells(e, 2)[cell];
        assertThat(sum).isBetween(-2, 2);
      }
    }
  }

  @Test
  void gridOfARightEyeIsMirroredIntoTheFrame() {
    try (ScoreRig rig = new ScoreRig(directory, TestModels.blackBox("box", 1, Link.SIGMOID, 1))) {
      rig.send(TestImages.record("s", "image", TestImages.png(3)));
      rig.send(TestImages.record("t", "image", TestImages.png(3)).setLaterality("R"));

      Explanation left = rig.explanations.readValue();
      Explanation right = rig.explanations.readValue();
      assertThat(right.getAlignment().getTransform()).isEqualTo("GRID_MIRRORED");
      assertThat(right.getLabels().getFirst().getLogit())
          .isEqualTo(left.getLabels().getFirst().getLogit());
      assertThat(grid(right, 0).mirrored().cells()).isEqualTo(cells(left, 0));
    }
  }

  @Test
  void everyMapIsCountedAsWhatBecameOfIt() {
    try (ScoreRig rig =
        new ScoreRig(
            directory,
            TestModels.blackBox("box", 1, Link.SIGMOID, SHARE),
            TestModels.fundus("own", 1))) {
      send(rig);

      long made = maps(rig, "made");
      assertThat(made).isEqualTo(sampled());
      assertThat(maps(rig, "not-sampled")).isEqualTo(IMAGES - made);
      assertThat(rig.meters.find("fovea.maps").tag("model", "own").counters()).isEmpty();
    }
  }

  @Test
  void engineThatFailsOnAMaskedImageCostsItsMapAndNotTheImage() {
    ServedModel brittle =
        TestModels.blackBox("box", 2, Link.SIGMOID, SHARE, new QuadrantClassifier(2, true));
    try (ScoreRig rig = new ScoreRig(directory, brittle)) {
      send(rig);

      List<Explanation> all = rig.explanations.readValuesToList();
      assertThat(all).hasSize(IMAGES).noneMatch(BlackBoxScoreTest::mapped);
      assertThat(all).allMatch(e -> e.getLabels().getFirst().getProbability() > 0.5);
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      assertThat(maps(rig, "failed")).isEqualTo(sampled());
      assertThat(maps(rig, "not-sampled")).isEqualTo(IMAGES - sampled());
    }
  }

  @Test
  void replayOfTheSameImagesMakesNoDifference() {
    try (AggregateRig aggregate = new AggregateRig(directory.resolve("aggregate"))) {
      explanations(model()).forEach(e -> aggregate.send(e, AggregateRig.NOW));
      String once = aggregate.hash();

      explanations(model()).reversed().forEach(e -> aggregate.send(e, AggregateRig.NOW));

      assertThat(aggregate.hash()).isEqualTo(once);
      assertThat(aggregate.deadLetters.isEmpty()).isTrue();
    }
  }

  @Test
  void imagesWithoutAMapAreCountedAndEnterNoMap() {
    try (AggregateRig aggregate = new AggregateRig(directory.resolve("aggregate"))) {
      List<Explanation> all = explanations(model());
      all.forEach(e -> aggregate.send(e, AggregateRig.NOW));

      Counters counters = counters(aggregate);
      assertThat(counters.count("scored")).isEqualTo(IMAGES);
      assertThat(counters.count("aggregated")).isEqualTo(sampled());
      assertThat(counters.count("withoutMap")).isEqualTo(IMAGES - sampled());
      Moments mean = moments(aggregate, "B", Basis.ALL);
      assertThat(mean.n()).isEqualTo(sampled());
      double[] cells = mean.snapshot().mean();
      double inside = cells[0] + cells[1] + cells[4] + cells[5];
      assertThat(inside).isPositive();
      assertThat(IntStream.range(0, 16).mapToDouble(i -> cells[i]).sum())
          .isCloseTo(inside, within(1e-9));
    }
  }

  @Test
  void outcomesSpeakOfImagesWithAMap() {
    try (AggregateRig aggregate = new AggregateRig(directory.resolve("aggregate"))) {
      List<Explanation> all = explanations(model());
      all.forEach(e -> aggregate.send(e, AggregateRig.NOW));
      for (Explanation e : all) {
        aggregate.send(
            Outcome.newBuilder()
                .setSubjectId(e.getSubjectId())
                .setImageId(e.getImageId())
                .setLabels(List.of("B"))
                .setAssessed(List.of())
                .setRegions(List.of())
                .setConfirmedAt(AggregateRig.NOW)
                .build(),
            AggregateRig.NOW);
      }

      Counters counters = counters(aggregate);
      assertThat(counters.count("withOutcome")).isEqualTo(sampled());
      assertThat(counters.count("assessed.B")).isEqualTo(sampled());
      assertThat(moments(aggregate, "B", Basis.CONFIRMED).n()).isEqualTo(sampled());
    }
  }

  @Test
  void deletionAndInsertionAreMeasuredWhereThereIsAMapAndNoRivalOfIt() {
    ScorePolicy policy =
        ScoreRig.sampling(new SamplePolicy(1, new ExplainerSpec.Occlusion(1, 1), 8, 300, 4));
    try (ScoreRig rig =
        new ScoreRig(directory, policy, TestModels.blackBox("box", 2, Link.SOFTMAX, SHARE))) {
      send(rig);

      for (Explanation e : rig.explanations.readValuesToList()) {
        for (LabelExplanation label : e.getLabels()) {
          assertThat(label.getQuality())
              .extracting(Measured::getMeasure)
              .isEqualTo(
                  mapped(e) && label.getDecision() ? List.of("DELETION", "INSERTION") : List.of());
        }
      }
    }
  }

  private static ServedModel model() {
    return TestModels.blackBox("box", 2, Link.SIGMOID, SHARE);
  }

  private static long sampled() {
    return IntStream.range(0, IMAGES).filter(i -> ImageSeed.sampled("image-" + i, SHARE)).count();
  }

  private List<Explanation> explanations(ServedModel... models) {
    try (ScoreRig rig = new ScoreRig(directory.resolve("score"), models)) {
      send(rig);
      assertThat(rig.deadLetters.isEmpty()).isTrue();
      return rig.explanations.readValuesToList();
    }
  }

  private static void send(ScoreRig rig) {
    for (int i = 0; i < IMAGES; i++) {
      rig.send(TestImages.record("s" + i % 20, "image-" + i, TestImages.png(i)));
    }
  }

  private static List<Explanation> of(String model, List<Explanation> all) {
    return all.stream().filter(e -> e.getModel().equals(model)).toList();
  }

  /** All labels of an image have a map, or none. */
  private static boolean mapped(Explanation e) {
    List<Boolean> maps = new ArrayList<>();
    e.getLabels().forEach(label -> maps.add(label.getEvidence() != null));
    assertThat(maps.stream().distinct()).hasSize(1);
    return maps.getFirst();
  }

  private static CellGrid grid(Explanation e, int label) {
    return CellGrid.read(
        e.getGridHeight(),
        e.getGridWidth(),
        e.getScaleExponent(),
        Objects.requireNonNull(e.getLabels().get(label).getEvidence()));
  }

  private static short[] cells(Explanation e, int label) {
    return grid(e, label).cells();
  }

  private static long maps(ScoreRig rig, String outcome) {
    return Optional.ofNullable(
            rig.meters.find("fovea.maps").tags("model", "box", "outcome", outcome).counter())
        .map(counter -> (long) counter.count())
        .orElse(0L);
  }

  private static Counters counters(AggregateRig rig) {
    List<byte[]> all = new ArrayList<>(states(rig, "counters").values());
    assertThat(all).hasSize(1);
    return Counters.read(all.getFirst());
  }

  private static Moments moments(AggregateRig rig, String label, Basis basis) {
    List<byte[]> found = new ArrayList<>();
    states(rig, "moments")
        .forEach(
            (key, state) -> {
              if (key.label().equals(label)
                  && key.basis() == basis
                  && key.quantity() == Quantity.ATTENTION_MAX1) {
                found.add(state);
              }
            });
    assertThat(found).hasSize(1);
    return Moments.read(found.getFirst());
  }

  private static Map<AggregateKey, byte[]> states(AggregateRig rig, String store) {
    Map<String, byte[]> sorted = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> all = rig.store(store).all()) {
      all.forEachRemaining(entry -> sorted.put(entry.key, entry.value));
    }
    Map<AggregateKey, byte[]> out = new LinkedHashMap<>();
    sorted.forEach((key, value) -> out.put(AggregateKey.parse(key), value));
    return out;
  }
}

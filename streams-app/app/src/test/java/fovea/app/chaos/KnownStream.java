package fovea.app.chaos;

import fovea.core.aggregate.Fingerprint;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.schema.Alignment;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Timings;
import fovea.wire.Keys;
import fovea.wire.TopicPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explanations of which a count of images says which images they are: a partition is worked off in
 * its order, and an image is greatest in the one cell that stands for its site and partition. So
 * the count of cells ≥ ½ tells how many of each site and partition were counted, and therewith what
 * F, every plane and every fold must be.
 */
final class KnownStream {
  static final int SITES = 4;
  static final String LABEL = "A";
  static final String MODEL = "known";
  static final int SIDE = 4;
  static final String FRAME = "OP.any.any.4x4";

  private static final int PARTITIONS = TopicPolicy.DEFAULT_PARTITIONS;
  private static final int EXPONENT = -10;
  private static final int GREATEST = 4000;
  private static final int LESS_THAN_HALF = 1500;

  private final int images;
  private final Instant at;
  private final List<Chain> chains = new ArrayList<>();

  /**
   * @param at the time of all of them
   */
  KnownStream(int images, Fingerprint fingerprint, Instant at) {
    this.images = images;
    this.at = at;
    for (int cell = 0; cell < SITES * PARTITIONS; cell++) {
      chains.add(new Chain());
    }
    for (int i = 0; i < images; i++) {
      Attention attention = Attention.max1(evidence(i), 0, true);
      long f = fingerprint.of(imageId(i), sha256(i));
      chains
          .get(cell(i))
          .add(new CellMap(attention.grid(), false, 0, f), fingerprint.fold(subject(i)));
    }
  }

  int images() {
    return images;
  }

  Instant at() {
    return at;
  }

  static String site(int number) {
    return "site" + number;
  }

  static int partition(int image) {
    return Keys.partition(subject(image), PARTITIONS);
  }

  private static int cell(int image) {
    return image % SITES * PARTITIONS + partition(image);
  }

  private static String subject(int image) {
    return "subject-%05d".formatted(image / 2);
  }

  private static String imageId(int image) {
    return "image-%05d".formatted(image);
  }

  private static String sha256(int image) {
    return "%064x".formatted(image);
  }

  private static CellGrid evidence(int image) {
    short[] cells = new short[SIDE * SIDE];
    for (int k = 0; k < cells.length; k++) {
      cells[k] = (short) ((31 * image + 217 * k) % LESS_THAN_HALF);
    }
    cells[cell(image)] = GREATEST;
    return new CellGrid(SIDE, SIDE, EXPONENT, cells);
  }

  /** What must be of so many images of each site and partition; empty if there never are. */
  Optional<Whole> after(List<Long> counts) {
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) < 0 || counts.get(i) > chains.get(i).length()) {
        return Optional.empty();
      }
    }
    Whole sum = Whole.ofNothing();
    for (int i = 0; i < counts.size(); i++) {
      sum.add(chains.get(i).after(counts.get(i).intValue()));
    }
    return Optional.of(sum);
  }

  Explanation explanation(int image) {
    return Explanation.newBuilder()
        .setSubjectId(subject(image))
        .setImageId(imageId(image))
        .setSite(site(image % SITES))
        .setModality("OP")
        .setAcquiredAt(at)
        .setIngestedAt(at)
        .setPayloadSha256(sha256(image))
        .setImageWidth(16)
        .setImageHeight(16)
        .setModel(MODEL)
        .setModelVersion("1")
        .setModelSha256("00")
        .setPrecision("fp32")
        .setExplainer("class-evidence")
        .setExplainerHash("0123456789abcdef")
        .setEngine("none")
        .setProvider("CPU")
        .setLink("sigmoid")
        .setOffset(List.of(0f))
        .setLabels(List.of(label(image)))
        .setGridHeight(SIDE)
        .setGridWidth(SIDE)
        .setScaleExponent(EXPONENT)
        .setFloor(0)
        .setSubtractMin(true)
        .setFrame(FRAME)
        .setAlignment(new Alignment("ALIGNED", "NONE", null))
        .setTimings(new Timings(0, 0, 0, 0))
        .build();
  }

  private static LabelExplanation label(int image) {
    return LabelExplanation.newBuilder()
        .setQuality(List.of())
        .setLabel(LABEL)
        .setLogit(0)
        .setProbability(0.9f)
        .setDecision(true)
        .setThreshold(0.5f)
        .setEvidence(evidence(image).bytes())
        .setClipped(0)
        .build();
  }

  /** The states after no, one, two … images of one site and partition. */
  private static final class Chain {
    private final List<Whole> states = new ArrayList<>(List.of(Whole.ofNothing()));

    void add(CellMap map, int fold) {
      Whole next = Whole.ofNothing();
      next.add(states.getLast());
      next.add(map, fold);
      states.add(next);
    }

    int length() {
      return states.size() - 1;
    }

    Whole after(int count) {
      return states.get(count);
    }
  }
}

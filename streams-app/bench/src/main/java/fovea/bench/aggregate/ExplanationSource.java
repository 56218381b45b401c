package fovea.bench.aggregate;

import fovea.schema.Alignment;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Timings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Explanations as score would write them, of images that never were: two labels with a map of 14×14
 * cells each, of which one is predicted; two images of each subject; no thumbnail. Two sources with
 * the same arguments give the same records.
 *
 * <p>A map is a broad hill at a random place with noise upon it, because maps without any shape
 * would compress unlike real ones.
 */
final class ExplanationSource {
  static final int LABELS = 2;

  private static final int SIDE = 14;
  private static final int SCALE_EXPONENT = -8;
  private static final double HEIGHT = 1500;
  private static final double NOISE = 120;
  private static final int SITES = 25;

  private final String run;
  private final int siteDays;
  private final Instant now;
  private final Random random;
  private int written;

  /**
   * A source.
   *
   * @param run of all image ids, so that no two runs have an image in common; seeds the maps
   * @param siteDays how many pairs of site and day the images go round: 4 keys of a quantity each
   * @param now the latest day on which an image was taken
   */
  ExplanationSource(String run, int siteDays, Instant now) {
    this.run = run;
    this.siteDays = siteDays;
    this.now = now;
    this.random = new Random(run.hashCode());
  }

  Explanation next() {
    int number = written++;
    int place = number % siteDays;
    // Not the parity of the number, so that each place has both labels predicted.
    boolean first = number / siteDays % 2 == 0;
    Instant taken = now.minus(Duration.ofDays(place / SITES));
    return Explanation.newBuilder()
        .setSubjectId(run + "-s" + number / 2)
        .setImageId(run + "-i" + number)
        .setSite("site-" + place % SITES)
        .setModality("OP")
        .setAcquiredAt(taken)
        .setIngestedAt(now)
        .setPayloadSha256("%064x".formatted(number))
        .setImageWidth(224)
        .setImageHeight(224)
        .setModel("bench")
        .setModelVersion("of-" + siteDays)
        .setModelSha256("0".repeat(64))
        .setPrecision("fp32")
        .setExplainer("class-evidence")
        .setExplainerHash("0".repeat(16))
        .setEngine("none")
        .setProvider("none")
        .setLink("softmax")
        .setOffset(List.of(0f, 0f))
        .setLabels(List.of(label("present", first), label("absent", !first)))
        .setGridHeight(SIDE)
        .setGridWidth(SIDE)
        .setScaleExponent(SCALE_EXPONENT)
        .setFrame("OP.any.any.14x14")
        .setAlignment(new Alignment("ALIGNED", "NONE", null))
        .setTimings(new Timings(0, 0, 0, 0))
        .build();
  }

  private LabelExplanation label(String name, boolean predicted) {
    return LabelExplanation.newBuilder()
        .setQuality(List.of())
        .setLabel(name)
        .setLogit(0f)
        .setProbability(predicted ? 0.9f : 0.1f)
        .setDecision(predicted)
        .setThreshold(0.5f)
        .setEvidence(hill())
        .build();
  }

  private ByteBuffer hill() {
    ByteBuffer evidence =
        ByteBuffer.allocate(Short.BYTES * SIDE * SIDE).order(ByteOrder.LITTLE_ENDIAN);
    double[] down = slope();
    double[] across = slope();
    for (double y : down) {
      for (double x : across) {
        evidence.putShort((short) (HEIGHT * y * x + NOISE * random.nextGaussian()));
      }
    }
    return evidence.flip();
  }

  private double[] slope() {
    double middle = random.nextDouble(SIDE);
    double width = random.nextDouble(1.5, 4);
    double[] out = new double[SIDE];
    for (int i = 0; i < SIDE; i++) {
      double z = (i - middle) / width;
      out[i] = Math.exp(-z * z / 2);
    }
    return out;
  }
}

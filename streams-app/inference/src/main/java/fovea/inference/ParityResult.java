package fovea.inference;

import java.util.Optional;

/**
 * How far an engine's outputs are from the reference's: the CPU, fp32.
 *
 * @param engine what was compared, e.g. {@code TensorRT fp16}
 * @param counts what was compared
 * @param leastRank the least rank correlation of a map's attention cells, −1..1
 * @param greatestDelta the greatest difference of an attention cell, 0..1
 * @param excess the greatest difference beyond what a map may differ by; above 0 it is too much
 * @param logit of the logits
 */
public record ParityResult(
    String engine,
    Counts counts,
    double leastRank,
    double greatestDelta,
    double excess,
    LogitDelta logit) {

  /** The least rank correlation that passes. */
  public static final double RANK = 0.99;

  /** The greatest difference of an attention cell that passes. */
  public static final double DELTA = 0.02;

  /** Images, maps whose order of cells was compared, maps too faint for that. */
  public record Counts(int images, int maps, int faint) {}

  /** The greatest difference of a logit, relative to max(1, greatest |logit|), and its limit. */
  public record LogitDelta(double greatest, double limit) {}

  /** What is too much, with the numbers; empty where the engine may serve. */
  public Optional<String> objection() {
    boolean ok = leastRank >= RANK && excess <= 0 && logit.greatest() <= logit.limit();
    return ok ? Optional.empty() : Optional.of("parity with the CPU in fp32: " + text());
  }

  /** The numbers, in a sentence. */
  public String text() {
    return ("%s over %d images, %d maps (%d faint): least rank correlation of attention %.4f"
            + " (allowed %.2f), greatest difference of attention %.4f (allowed %.2f), of logits"
            + " %.2g (allowed %.2g)")
        .formatted(
            engine,
            counts.images(),
            counts.maps(),
            counts.faint(),
            leastRank,
            RANK,
            greatestDelta,
            DELTA,
            logit.greatest(),
            logit.limit());
  }
}

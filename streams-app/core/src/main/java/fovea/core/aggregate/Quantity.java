package fovea.core.aggregate;

/** What is summed per cell; never mixed, and part of every key. */
public enum Quantity {
  /** Positive evidence, minus its minimum, ÷ its maximum: every image has one vote. 1.0 = 2^14. */
  ATTENTION_MAX1,
  /** Signed class evidence at the manifest's scale: what enters the logit. */
  EVIDENCE,
  /** The positive part of the class evidence at the manifest's scale. */
  EVIDENCE_POSITIVE,
  /** Positive evidence ÷ its sum; optional, for grids up to 32×32. */
  ATTENTION_MASS1,
  /** No map: how good the explanations are, measure by measure; see {@code QualitySums}. */
  QUALITY,
  /** No map: how many images were scored, aggregated and rejected, by reason. */
  COUNTERS
}

package fovea.core.aggregate;

/** Which images a map is taken over; never mixed, and part of every key. */
public enum Basis {
  /** Every image of the frame. */
  ALL,
  /** Images the model decided the label for: p ≥ threshold, or arg-max for softmax. */
  PREDICTED,
  /** Images whose outcome confirmed the label. */
  CONFIRMED,
  /** Predicted and confirmed. */
  TP,
  /** Predicted and not confirmed. */
  FP,
  /** Not predicted and confirmed. */
  FN,
  /** Neither predicted nor confirmed. */
  TN,
  /** Of a counter: none. */
  NONE
}

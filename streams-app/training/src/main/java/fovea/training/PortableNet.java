package fovea.training;

import fovea.core.inference.Outputs;

/** A trained net apart from the engine that trained it. Immutable by agreement. */
sealed interface PortableNet permits FoldedNet, LesionNet {

  NetSpec spec();

  /** One per label, a copy. */
  float[] offsets();

  /** Runs one image, C×H×W, in plain Java: what the exported weights say, without any engine. */
  Outputs run(float[] image);

  /**
   * The graph of contract evidence/1: input {@code input}, outputs {@code logits, evidence} and
   * what else it has.
   */
  byte[] onnx(String name);
}

package fovea.training;

import ai.djl.nn.AbstractBlock;

/** A {@link NetSpec} as DJL trains it: N×C×H×W to {@code [logits, evidence, offset, …]}. */
abstract sealed class NetBlock extends AbstractBlock permits EvidenceBlock, LesionBlock {

  /**
   * @param momentum of the running means that stand in for a batch's own when nothing is learnt
   */
  static NetBlock of(NetSpec spec, float momentum) {
    return switch (spec.head()) {
      case NetSpec.Head.Cells _ -> new EvidenceBlock(spec, momentum, EvidenceBlock.gain(spec));
      case NetSpec.Head.Lesions lesions -> new LesionBlock(spec, lesions.sharpness(), momentum);
    };
  }

  /** The weights as shipped: a copy, independent of the engine. */
  abstract PortableNet folded();
}

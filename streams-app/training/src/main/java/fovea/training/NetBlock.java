package fovea.training;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;

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

  /** One number each, learnt from {@code value} on. */
  static Parameter numbers(String name, int count, float value) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.BIAS)
        .optShape(new Shape(count))
        .optInitializer(new ConstantInitializer(value))
        .build();
  }

  /** The weights as shipped: a copy, independent of the engine. */
  abstract PortableNet folded();
}

package fovea.training;

import fovea.core.frame.Template;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.ParityVectors;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a training: all that a version of the model is written from.
 *
 * @param weights folded
 * @param template of all images that were rendered for training
 * @param parity inputs with what the engine that trained the net says of them
 * @param quantisation how evidence becomes integers
 * @param heldOut on subjects that no step has seen, at the training's sites
 * @param fresh on another phantom as it is without configuration
 * @param plan how it was trained
 * @param images rendered for training, validation and test
 */
record Trained(
    PortableNet weights,
    Template template,
    ParityVectors parity,
    Quantisation quantisation,
    List<LabelReport> heldOut,
    List<LabelReport> fresh,
    Plan plan,
    int images) {
  Trained {
    heldOut = List.copyOf(heldOut);
    fresh = List.copyOf(fresh);
  }

  /** Whether every map finds its place on both sets of images. */
  boolean finds() {
    return Stream.concat(heldOut.stream(), fresh.stream()).allMatch(LabelReport::finds);
  }
}

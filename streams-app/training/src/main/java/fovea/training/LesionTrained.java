package fovea.training;

import fovea.core.frame.Template;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.ParityVectors;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a training on lesions: all that a version of the model is written from.
 *
 * @param net folded
 * @param template of all images that were rendered for training
 * @param parity inputs with what the engine that trained the net says of them
 * @param quantisation how evidence becomes integers
 * @param heldOut on subjects that no step has seen, at the training's sites
 * @param fresh on another phantom as it is without configuration
 * @param plan how it was trained
 * @param images rendered for training, validation and test
 * @param shown held-out images for the picture
 */
record LesionTrained(
    LesionNet net,
    Template template,
    ParityVectors parity,
    Quantisation quantisation,
    PathReport heldOut,
    PathReport fresh,
    Plan plan,
    int images,
    List<Example> shown) {
  LesionTrained {
    shown = List.copyOf(shown);
  }

  /** Whether every map points at its lesion on both sets of images. */
  boolean finds() {
    return Stream.of(heldOut, fresh)
        .flatMap(r -> r.lesions().stream())
        .allMatch(LesionReport::finds);
  }
}

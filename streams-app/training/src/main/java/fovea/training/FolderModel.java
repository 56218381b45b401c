package fovea.training;

import fovea.core.frame.Template;
import fovea.modelstore.Manifest.Quantisation;
import fovea.modelstore.ParityVectors;
import java.util.List;

/**
 * A net that was trained on a folder of images, before it is measured and written.
 *
 * @param labels in the order of its outputs
 * @param weights folded
 * @param template of the images that were not held out
 * @param parity inputs with what the engine that trained the net says of them
 * @param quantisation how evidence becomes integers
 * @param fill the training images' mean sample
 */
record FolderModel(
    List<String> labels,
    PortableNet weights,
    Template template,
    ParityVectors parity,
    Quantisation quantisation,
    float fill) {
  FolderModel {
    labels = List.copyOf(labels);
  }
}

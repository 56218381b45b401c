package fovea.streams;

import fovea.core.frame.Placement;
import fovea.core.inference.Outputs;
import fovea.schema.Measured;
import java.util.List;

/**
 * What a model gave for one image, and where the image lies.
 *
 * @param placement in the model's frame
 * @param mapped outputs finite, of the model's labels and grid
 * @param preprocessNanos placing, resampling and normalising
 * @param inferenceNanos the engine's run
 * @param quality what was measured of each label by further runs; empty lists where nothing was
 */
record Answer(
    Placement placement,
    Mapped mapped,
    long preprocessNanos,
    long inferenceNanos,
    List<List<Measured>> quality) {

  Outputs outputs() {
    return mapped.outputs();
  }
}

package fovea.core.parts;

import java.util.Optional;

/**
 * What one learned example adds to a label.
 *
 * @param prototype its index in the model
 * @param name what the model's store calls it
 * @param similarity the greatest over the cells
 * @param contribution in logit units
 * @param cell where it is found, row-major in the frame
 */
public record PrototypeShare(
    int prototype, Optional<String> name, float similarity, float contribution, int cell) {}

package fovea.core.map;

import fovea.core.explanation.CellGrid;
import java.util.Optional;

/**
 * What a model said of one label of one image.
 *
 * @param label the label
 * @param logit mean of the evidence plus offset
 * @param probability in [0, 1]
 * @param threshold what the probability is compared with
 * @param decision whether the model decided for the label
 * @param evidence class evidence in logit units; empty where the record carries no map
 */
public record LabelEvidence(
    String label,
    float logit,
    float probability,
    float threshold,
    boolean decision,
    Optional<CellGrid> evidence) {}

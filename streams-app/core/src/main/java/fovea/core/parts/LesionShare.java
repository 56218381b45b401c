package fovea.core.parts;

import fovea.core.explanation.CellGrid;
import java.util.Optional;

/**
 * What one lesion adds to the diagnosis.
 *
 * @param lesion its name
 * @param probability that it is there, 0..1
 * @param contribution in the unit of the path, see {@link LesionSum}
 * @param cell its map's greatest, row-major in the frame
 * @param map its activation before the sigmoid; empty where the record carries none
 */
public record LesionShare(
    String lesion, float probability, float contribution, int cell, Optional<CellGrid> map) {}

package fovea.core.explainer.blackbox;

import fovea.core.explainer.LabelGrids;
import java.util.Optional;

/**
 * What a perturbation explainer found.
 *
 * @param grids one map per asked label, on the frame's grid
 * @param standardError of each cell, by Monte Carlo; empty where the explainer draws nothing or
 *     knows none
 * @param forwards images scored
 */
public record Explained(LabelGrids grids, Optional<LabelGrids> standardError, int forwards) {}

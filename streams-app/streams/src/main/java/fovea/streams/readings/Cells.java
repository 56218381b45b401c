package fovea.streams.readings;

import fovea.core.explanation.CellGrid;

/**
 * From the model's grid to the frame's.
 *
 * @param width columns
 * @param mirrored whether left and right are exchanged
 */
record Cells(int width, boolean mirrored) {

  /** Where a cell, row-major, lies in the frame. */
  int inFrame(int cell) {
    return mirrored ? cell - cell % width + width - 1 - cell % width : cell;
  }

  CellGrid inFrame(CellGrid grid) {
    return mirrored ? grid.mirrored() : grid;
  }
}

package fovea.bench.store;

import java.util.Random;

/** Maps of attention, the same for all rivals. */
final class SampleMaps {
  static final int COUNT = 100;
  static final int GRID = 14;
  private static final int ONE = 1 << 14;

  private SampleMaps() {}

  /** Cells in 0..1 at 2^-14, the greatest 1. */
  static short[] cells(int number) {
    Random random = new Random(number);
    short[] cells = new short[GRID * GRID];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) random.nextInt(ONE);
    }
    cells[random.nextInt(cells.length)] = ONE;
    return cells;
  }
}

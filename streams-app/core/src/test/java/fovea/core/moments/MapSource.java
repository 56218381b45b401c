package fovea.core.moments;

import fovea.core.explanation.CellGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded maps, signed, now and then empty. */
final class MapSource {
  private MapSource() {}

  static List<CellMap> maps(long seed, int count, int height, int width, int exponent) {
    Random random = new Random(seed);
    List<CellMap> maps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      maps.add(map(random, height, width, exponent));
    }
    return maps;
  }

  private static CellMap map(Random random, int height, int width, int exponent) {
    boolean empty = random.nextInt(10) == 0;
    short[] cells = new short[height * width];
    for (int i = 0; i < cells.length && !empty; i++) {
      cells[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
    }
    CellGrid grid = new CellGrid(height, width, exponent, cells);
    return new CellMap(grid, empty, random.nextInt(3), random.nextLong());
  }

  static Moments all(Iterable<CellMap> maps, int height, int width, int exponent) {
    Moments moments = Moments.empty(height, width, exponent);
    maps.forEach(moments::add);
    return moments;
  }
}

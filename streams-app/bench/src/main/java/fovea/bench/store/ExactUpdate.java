package fovea.bench.store;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import java.util.Optional;

/** Fovea's state: read (which copies), add, write. */
final class ExactUpdate implements StoreRig.Update {
  private static final int SCALE = -14;
  private final CellMap[] maps = new CellMap[SampleMaps.COUNT];

  ExactUpdate() {
    for (int i = 0; i < maps.length; i++) {
      short[] cells = SampleMaps.cells(i);
      CellGrid grid = new CellGrid(SampleMaps.GRID, SampleMaps.GRID, SCALE, cells);
      maps[i] = new CellMap(grid, false, 0, i * 0x9E3779B97F4A7C15L);
    }
  }

  @Override
  public byte[] after(Optional<byte[]> before, int map) {
    Moments moments =
        before
            .map(Moments::read)
            .orElseGet(() -> Moments.empty(SampleMaps.GRID, SampleMaps.GRID, SCALE));
    moments.add(maps[map % maps.length]);
    return moments.handOver();
  }
}

package fovea.streams.aggregate;

import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one delta does to the moments under one key: maps added, maps taken away. */
record MapChange(List<CellMap> added, List<CellMap> removed) implements StateChange {
  MapChange() {
    this(new ArrayList<>(1), new ArrayList<>(1));
  }

  /** Added first, so that a correction never passes through n = 0. */
  @Override
  public Optional<byte[]> after(byte @Nullable [] before) {
    Moments moments = before == null ? blank() : Moments.read(before);
    added.forEach(moments::add);
    removed.forEach(moments::subtract);
    return moments.n() == 0 ? Optional.empty() : Optional.of(moments.handOver());
  }

  private Moments blank() {
    CellMap first = added.isEmpty() ? removed.getFirst() : added.getFirst();
    return Moments.empty(first.grid().height(), first.grid().width(), first.grid().scaleExponent());
  }
}

package fovea.streams.aggregate;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.Folds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one delta does to the folds under one key: maps added, maps taken away. */
record FoldChange(List<Dealt> added, List<Dealt> removed) implements StateChange {

  /** A map and the fold of its subject. */
  record Dealt(int fold, CellGrid map) {}

  FoldChange() {
    this(new ArrayList<>(1), new ArrayList<>(1));
  }

  /** Added first, so that a correction never passes through n = 0. */
  @Override
  public Optional<byte[]> after(byte @Nullable [] before) {
    Folds folds = before == null ? blank() : Folds.read(before);
    added.forEach(one -> folds.add(one.fold(), one.map()));
    removed.forEach(one -> folds.subtract(one.fold(), one.map()));
    return folds.n() == 0 ? Optional.empty() : Optional.of(folds.handOver());
  }

  private Folds blank() {
    CellGrid first = (added.isEmpty() ? removed : added).getFirst().map();
    return Folds.empty(first.height(), first.width());
  }
}

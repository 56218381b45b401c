package fovea.app.chaos;

import fovea.core.moments.CellMap;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;

/** The moments and the folds of the same images; mutable. */
record Whole(Moments moments, Folds folds) {
  private static final int EXPONENT = -14;

  static Whole ofNothing() {
    return new Whole(
        Moments.empty(KnownStream.SIDE, KnownStream.SIDE, EXPONENT),
        Folds.empty(KnownStream.SIDE, KnownStream.SIDE));
  }

  void add(Whole other) {
    moments.merge(other.moments);
    folds.merge(other.folds);
  }

  void add(CellMap map, int fold) {
    moments.add(map);
    folds.add(fold, map.grid());
  }
}

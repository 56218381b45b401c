package fovea.core.map;

import java.util.stream.Stream;

/**
 * The global maps, read only. Thread-safe; every map is taken from committed, immutable snapshots.
 */
public interface GlobalMaps {

  /** The map that is asked for; time grows with the panes and sites that are added up. */
  MapAnswer map(MapQuery query);

  /** Every aggregate that holds a map, in no order. */
  Stream<KeyCount> keys();
}

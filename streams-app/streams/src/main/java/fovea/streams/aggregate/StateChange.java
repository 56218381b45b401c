package fovea.streams.aggregate;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a delta does to one state, as a pure function of its bytes. */
interface StateChange {

  /**
   * The state after this change, new bytes; empty where nothing is left.
   *
   * @param before the state now, which is not written to; null where there is none
   * @throws IllegalArgumentException if the change does not fit the state
   */
  Optional<byte[]> after(byte @Nullable [] before);
}

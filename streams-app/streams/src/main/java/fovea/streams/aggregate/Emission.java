package fovea.streams.aggregate;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Counters;
import fovea.core.moments.Moments;
import fovea.core.quality.QualitySums;
import fovea.schema.GlobalExplanation;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** A state as the record that readers see. */
final class Emission {
  private Emission() {}

  /** The moments and folds under a key; the bytes are read, not kept. */
  static GlobalExplanation moments(String key, byte[] state, Optional<byte[]> folds) {
    return of(AggregateKey.parse(key))
        .setN(Moments.count(state))
        .setState(ByteBuffer.wrap(state))
        .setFolds(folds.map(ByteBuffer::wrap).orElse(null))
        .setCounters(Map.of())
        .build();
  }

  /** The quality sums under a key; the bytes are read, not kept. */
  static GlobalExplanation quality(String key, byte[] state) {
    return of(AggregateKey.parse(key))
        .setN(QualityChange.images(QualitySums.read(state)))
        .setState(ByteBuffer.wrap(state))
        .setCounters(Map.of())
        .build();
  }

  /** The counters under a key. */
  static GlobalExplanation counters(String key, byte[] state) {
    Counters counters = Counters.read(state);
    return of(AggregateKey.parse(key))
        .setN(CountChange.scored(counters))
        .setCounters(counters.snapshot())
        .build();
  }

  private static GlobalExplanation.Builder of(AggregateKey key) {
    return GlobalExplanation.newBuilder()
        .setModel(key.model().id())
        .setModelVersion(key.model().version())
        .setVariant(key.model().variant())
        .setFrame(key.frame())
        .setQuantity(key.quantity().name())
        .setLabel(key.label())
        .setBasis(key.basis() == Basis.NONE ? "" : key.basis().name())
        .setSite(key.site())
        .setPane(key.pane());
  }
}

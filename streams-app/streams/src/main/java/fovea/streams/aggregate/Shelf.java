package fovea.streams.aggregate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One store of contribute, whose every entry stands in {expiries} under the day it is about.
 *
 * <p>The only code that writes its store, so that entry and expiry never part: without the index a
 * day's end would mean reading every contribution there is.
 */
final class Shelf<V> {
  private final KeyValueStore<String, V> store;
  private final Expiries expiries;
  private final Function<V, LocalDate> day;

  /**
   * @param day the day an entry is about; when that expires the entry is looked at again
   */
  Shelf(KeyValueStore<String, V> store, Expiries expiries, Function<V, LocalDate> day) {
    this.store = store;
    this.expiries = expiries;
    this.day = day;
  }

  String name() {
    return store.name();
  }

  Optional<V> get(String key) {
    return Optional.ofNullable(store.get(key));
  }

  /** Writes what stands under {@code key} now; {@code before} is what {@link #get} gave. */
  void replace(String key, Optional<V> before, Optional<V> after) {
    if (before.equals(after)) {
      return;
    }
    before.ifPresent(value -> expiries.remove(day.apply(value), name(), key));
    after.ifPresent(value -> expiries.add(day.apply(value), name(), key));
    if (after.isPresent()) {
      store.put(key, after.get());
    } else {
      store.delete(key);
    }
  }

  /** The keys that begin with {@code prefix}: collected, because what follows writes. */
  List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, V> found = store.prefixScan(prefix, new StringSerializer())) {
      found.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }
}

package fovea.streams.aggregate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The store {expiries}: which entries of the other stores are about which day, in order of days.
 * Keys are {@code day|store|key}; values are empty.
 */
final class Expiries {
  private static final byte[] NOTHING = {};
  private static final int DAY = "2026-03-04".length();

  private final KeyValueStore<String, byte[]> store;

  Expiries(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void add(LocalDate day, String of, String key) {
    store.put(day + "|" + of + "|" + key, NOTHING);
  }

  void remove(LocalDate day, String of, String key) {
    store.delete(day + "|" + of + "|" + key);
  }

  /** Gives store and key of every entry about {@code last} or an earlier day. */
  void through(LocalDate last, BiConsumer<String, String> entry) {
    List<String> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> range = store.range(null, last.plusDays(1).toString())) {
      range.forEachRemaining(one -> found.add(one.key));
    }
    for (String one : found) {
      int bar = one.indexOf('|', DAY + 1);
      entry.accept(one.substring(DAY + 1, bar), one.substring(bar + 1));
    }
  }
}

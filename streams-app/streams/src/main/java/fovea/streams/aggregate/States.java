package fovea.streams.aggregate;

import fovea.core.aggregate.AggregateKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One store of exact states, with the keys that changed since they were last sent.
 *
 * <p>The only code that touches its store. A state is never written in place, because the store's
 * cache hands out its live array: get → copy → change → put. After a start every key counts as
 * changed, as nobody knows what was sent before it.
 */
final class States {
  private final KeyValueStore<String, byte[]> store;
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean fresh = true;

  States(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /**
   * The states after {@code changes}; nothing is written yet.
   *
   * @throws IllegalArgumentException if one does not fit its state
   */
  Map<String, Optional<byte[]>> after(Map<String, ? extends StateChange> changes) {
    Map<String, Optional<byte[]>> out = LinkedHashMap.newLinkedHashMap(changes.size());
    changes.forEach((key, change) -> out.put(key, change.after(store.get(key))));
    return out;
  }

  /** Writes states; gives the keys whose state ended, which are deleted. */
  List<String> write(Map<String, Optional<byte[]>> states) {
    List<String> ended = new ArrayList<>();
    states.forEach(
        (key, state) -> {
          if (state.isPresent()) {
            store.put(key, state.get());
            changed.add(key);
          } else {
            store.delete(key);
            changed.remove(key);
            ended.add(key);
          }
        });
    return ended;
  }

  /** Sends every state that changed since the last time; all of them the first time. */
  void send(BiConsumer<String, byte[]> to) {
    if (fresh) {
      fresh = false;
      changed.addAll(keys());
    }
    for (String key : changed) {
      to.accept(key, store.get(key));
    }
    changed.clear();
  }

  /** The state under a key, the store's own array: to be read at once, never written. */
  Optional<byte[]> state(String key) {
    return Optional.ofNullable(store.get(key));
  }

  /** Deletes every state whose day is expired; gives their keys. */
  List<String> expire(Horizon horizon) {
    List<String> expired =
        keys().stream().filter(key -> horizon.expired(AggregateKey.parse(key).pane())).toList();
    expired.forEach(
        key -> {
          store.delete(key);
          changed.remove(key);
        });
    return expired;
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        keys.add(next.key);
      }
    }
    return keys;
  }
}

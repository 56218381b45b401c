package fovea.query.read;

import fovea.schema.ModelEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which model versions serve, were refused or retired. Thread-safe. */
public final class ModelCatalogue {
  private static final String SERVING = "SERVING";
  private final ConcurrentMap<String, ModelEvent> events = new ConcurrentHashMap<>();

  /** The newest word on one model version. */
  public void put(String key, ModelEvent event) {
    events.put(key, event);
  }

  public void remove(String key) {
    events.remove(key);
  }

  /** Every version, by id, the newest word first. */
  public List<ModelEvent> all() {
    return events.values().stream()
        .sorted(
            Comparator.comparing(ModelEvent::getModel)
                .thenComparing(ModelEvent::getAt, Comparator.reverseOrder())
                .thenComparing(ModelEvent::getModelVersion, Comparator.reverseOrder()))
        .toList();
  }

  /** The version of a model that began to serve last. */
  public Optional<ModelEvent> newestServing(String model) {
    return all().stream()
        .filter(event -> event.getModel().equals(model) && event.getStatus().equals(SERVING))
        .findFirst();
  }
}

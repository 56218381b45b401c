package fovea.streams;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The models that score now: at least one, each id and version once. Thread-safe; a swap takes
 * effect with the next image of each task.
 */
public final class ServedModels {
  private final AtomicReference<List<ServedModel>> current;

  public ServedModels(List<ServedModel> models) {
    this.current = new AtomicReference<>(checked(models));
  }

  /** An immutable list; the same instance until the next swap. */
  public List<ServedModel> current() {
    return current.get();
  }

  /**
   * Serves {@code models} from now on; gives those that served. One of them may still run an image
   * that was begun, so its classifier waits when it is closed.
   */
  public List<ServedModel> swap(List<ServedModel> models) {
    return current.getAndSet(checked(models));
  }

  private static List<ServedModel> checked(List<ServedModel> models) {
    Set<String> names = new HashSet<>();
    for (ServedModel model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException("served twice: " + model.name());
      }
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException("at least one model must serve");
    }
    return List.copyOf(models);
  }
}

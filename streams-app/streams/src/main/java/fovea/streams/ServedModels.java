package fovea.streams;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The models that score now: at least one, each id and version once. Thread-safe; a swap takes
 * effect with the next image of each task.
 */
public final class ServedModels {
  private final AtomicReference<Generation> current;

  /** Who scores by it reads its lock; who is to close its models writes, and so waits. */
  private static final class Generation {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<ServedModel> models;

    Generation(List<ServedModel> models) {
      this.models = checked(models);
    }
  }

  public ServedModels(List<ServedModel> models) {
    this.current = new AtomicReference<>(new Generation(models));
  }

  /** An immutable list; the same instance until the next swap. */
  public List<ServedModel> current() {
    return current.get().models;
  }

  /** What {@code work} makes of the models that serve; a swap waits until it is done. */
  <T> T with(Function<List<ServedModel>, T> work) {
    while (true) {
      Generation now = current.get();
      now.lock.readLock().lock();
      try {
        if (current.get() == now) {
          return work.apply(now.models);
        }
      } finally {
        now.lock.readLock().unlock();
      }
    }
  }

  /**
   * Serves {@code models} from now on; gives those that served when no image is scored by them any
   * more, so that they may be closed.
   */
  public List<ServedModel> swap(List<ServedModel> models) {
    Generation before = current.getAndSet(new Generation(models));
    before.lock.writeLock().lock();
    try {
      return before.models;
    } finally {
      before.lock.writeLock().unlock();
    }
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

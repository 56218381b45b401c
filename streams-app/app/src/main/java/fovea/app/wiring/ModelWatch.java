package fovea.app.wiring;

import fovea.app.cli.BrokenWorldException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the model store now and then, and serves what is new there. What cannot serve is told
 * in the log, and what serves stays.
 */
final class ModelWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fovea-model-watch").daemon().factory());

  /** What is done at each look. */
  @FunctionalInterface
  interface Reload {
    void reload() throws InterruptedException;
  }

  ModelWatch(Duration interval, Reload reload) {
    long nanos = interval.toNanos();
    var _ = watch.scheduleWithFixedDelay(() -> look(reload), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static void look(Reload reload) {
    try {
      reload.reload();
    } catch (BrokenWorldException e) {
      LOG.atWarn().log("the models that serve stay: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}

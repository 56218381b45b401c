package fovea.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a verb run until it is asked to stop (Ctrl-C, SIGTERM) or its time is over, and lets the
 * process end only when the verb has closed what it opened.
 *
 * <p>Asked to stop, the process ends with code 0: stopping is what the user wanted.
 */
final class Lifetime implements AutoCloseable {
  private static final long GRACE_SECONDS = 60;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::asked, "stop");

  Lifetime() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void asked() {
    stop.countDown();
    try {
      boolean clean = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(clean ? ExitCode.DONE : ExitCode.BROKEN);
    } catch (InterruptedException e) {
      Runtime.getRuntime().halt(ExitCode.BROKEN);
    }
  }

  /** Waits at most {@code patience}; true if it was asked to stop. */
  boolean stopped(Duration patience) throws InterruptedException {
    return stop.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    closed.countDown();
    if (stop.getCount() > 0) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}

package fovea.inference;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs work on a thread with room for deep recursion, and waits for it.
 *
 * <p>ONNX Runtime walks a graph recursively when it makes a session. With the stack of an ordinary
 * Java thread a net of some dozens of layers in a row overflows it, in native code, and the process
 * ends without a word. Only memory that is touched is taken.
 */
final class DeepStack {
  private static final long BYTES = 512L << 20;

  private DeepStack() {}

  /** What {@code work} gives; what it throws is thrown here. */
  static <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    new Thread(null, task, "load-model", BYTES).start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException thrown
        ? thrown
        : new CancellationException(String.valueOf(cause));
  }
}

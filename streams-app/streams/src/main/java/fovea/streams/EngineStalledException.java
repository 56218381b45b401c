package fovea.streams;

import java.time.Duration;

/** An engine does not answer: what is to be scored waits for a restart. */
final class EngineStalledException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineStalledException(String model, Duration timeout, Throwable cause) {
    super("%s did not answer within %s (inference.timeout)".formatted(model, timeout), cause);
  }
}

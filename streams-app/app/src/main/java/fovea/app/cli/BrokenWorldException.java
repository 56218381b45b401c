package fovea.app.cli;

import org.jspecify.annotations.Nullable;

/** Something outside is missing or broken; the message says what, for a person. */
public final class BrokenWorldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenWorldException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public BrokenWorldException(String message) {
    this(message, null);
  }
}

package fovea.app.cli;

/** The user asked for something that cannot be done; the message says what and why. */
public final class WrongUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongUseException(String message) {
    super(message);
  }
}

package fovea.modelstore;

/** A model, or a file of it, is not what it must be; the message is a sentence for a person. */
public final class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelRefusedException(String reason) {
    super(reason);
  }

  public ModelRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** A constructor's complaint about a value, which here came from outside. */
  static ModelRefusedException because(IllegalArgumentException cause) {
    return new ModelRefusedException(String.valueOf(cause.getMessage()), cause);
  }
}

package fovea.core.inference;

/** The engine failed on a batch; the message carries nothing of the image. */
public final class InferenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}

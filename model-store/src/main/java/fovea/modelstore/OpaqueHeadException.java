package fovea.modelstore;

/** A head that cannot be written as evidence; the message says what stands in the way. */
final class OpaqueHeadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OpaqueHeadException(String reason) {
    super(reason);
  }
}

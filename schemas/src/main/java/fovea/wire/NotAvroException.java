package fovea.wire;

import java.io.IOException;

/** A registry holds something under an id that is no Avro schema. */
final class NotAvroException extends IOException {
  private static final long serialVersionUID = 1L;

  NotAvroException(String message) {
    super(message);
  }
}

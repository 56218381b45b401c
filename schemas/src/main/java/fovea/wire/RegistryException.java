package fovea.wire;

import java.io.IOException;

/**
 * A schema registry answered, and its answer is an error. Any other {@link IOException} of a {@link
 * SchemaRegistry} means that it did not answer at all.
 */
public final class RegistryException extends IOException {
  /** The registry's code for a subject it does not know. */
  public static final int SUBJECT_NOT_FOUND = 40401;

  /** The registry's code for a version, or another numbered thing, it does not know. */
  public static final int VERSION_NOT_FOUND = 40402;

  /** The registry's code for a schema, or a schema's id, it does not know. */
  public static final int SCHEMA_NOT_FOUND = 40403;

  /** The registry's code for a subject without a compatibility of its own. */
  public static final int LEVEL_NOT_SET = 40408;

  /** The registry's code for a schema that may not follow the subject's earlier ones. */
  public static final int INCOMPATIBLE = 409;

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  /**
   * @param status HTTP status
   * @param code the registry's own code; the status where it gave none
   */
  public RegistryException(int status, int code, String message) {
    super(message + " (status " + status + ", code " + code + ")");
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public int code() {
    return code;
  }
}

package fovea.wire;

import java.io.IOException;
import org.apache.avro.Schema;

/**
 * A schema registry, as the serde sees it. Thread-safe. Every call may go over the network; what it
 * answers about an id never changes and may be cached for ever.
 */
public interface SchemaRegistry {

  /** Registers {@code schema} under {@code subject}, or finds it there, and gives its id. */
  int register(String subject, Schema schema) throws IOException;

  /** The id of {@code schema} under {@code subject}; an error where it is not there. */
  int lookup(String subject, Schema schema) throws IOException;

  /** The newest schema of {@code subject} with its id. */
  Registered latest(String subject) throws IOException;

  /** The schema with this id. */
  Schema byId(int id) throws IOException;

  /** Whether {@code schema} may follow the newest of {@code subject} under its compatibility. */
  boolean compatible(String subject, Schema schema) throws IOException;

  /** Sets the subject's compatibility, e.g. BACKWARD_TRANSITIVE. */
  void compatibility(String subject, String level) throws IOException;

  /** A schema and the id it is known by. */
  record Registered(int id, Schema schema) {}
}

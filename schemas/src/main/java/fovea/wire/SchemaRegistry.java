package fovea.wire;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry, as the serde sees it. Thread-safe. Every call may go over the network; what it
 * answers about an id never changes and may be cached for ever. A {@link RegistryException} is the
 * registry's own answer, every other {@link IOException} says that it did not answer.
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

  /**
   * Whether {@code schema} gets along with the newest of {@code subject} under its compatibility;
   * true where the subject has none.
   */
  boolean compatible(String subject, Schema schema) throws IOException;

  /** The compatibility set for this very subject; empty where the registry's default holds. */
  Optional<String> compatibility(String subject) throws IOException;

  /** Sets the subject's compatibility, e.g. BACKWARD_TRANSITIVE. */
  void compatibility(String subject, String level) throws IOException;

  /** A schema and the id it is known by. */
  record Registered(int id, Schema schema) {}
}

package fovea.wire;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;

/** Fovea's rule for its subjects: every new schema reads whatever was ever written. */
final class SubjectPolicy {
  private SubjectPolicy() {}

  /** Registers a schema after it has made sure that the rule holds for its subject. */
  static int register(SchemaRegistry registry, String subject, Schema schema) throws IOException {
    Optional<String> level = registry.compatibility(subject);
    if (level.filter(SubjectPolicy::strictEnough).isEmpty()) {
      registry.compatibility(subject, Compatibility.BACKWARD_TRANSITIVE.name());
    }
    return registry.register(subject, schema);
  }

  private static boolean strictEnough(String level) {
    return level.equals(Compatibility.BACKWARD_TRANSITIVE.name())
        || level.equals(Compatibility.FULL_TRANSITIVE.name());
  }
}

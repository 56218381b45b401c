package fovea.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/**
 * Which earlier schemas of a subject a new one must get along with, and in which direction:
 * Confluent's seven levels. Backward: the new schema reads what the earlier ones wrote. Forward:
 * the earlier ones read what the new one writes. Transitive: with all earlier ones, else with the
 * newest.
 */
public enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean backward;
  private final boolean forward;
  private final boolean transitive;

  Compatibility(boolean backward, boolean forward, boolean transitive) {
    this.backward = backward;
    this.forward = forward;
    this.transitive = transitive;
  }

  /** The level of this name; empty where there is none. */
  public static Optional<Compatibility> named(String name) {
    return Arrays.stream(values()).filter(level -> level.name().equals(name)).findFirst();
  }

  /**
   * What forbids {@code next}, one sentence each; empty where nothing does.
   *
   * @param earlier the subject's schemas, oldest first
   */
  public List<String> objections(Schema next, List<Schema> earlier) {
    List<String> objections = new ArrayList<>();
    int from = transitive ? 0 : Math.max(0, earlier.size() - 1);
    for (Schema old : earlier.subList(from, earlier.size())) {
      if (backward) {
        objections.addAll(reading(next, old, "the new schema cannot read an earlier one"));
      }
      if (forward) {
        objections.addAll(reading(old, next, "an earlier schema cannot read the new one"));
      }
    }
    return List.copyOf(objections);
  }

  private static List<String> reading(Schema reader, Schema writer, String what) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found -> what + ": " + sentence(found))
        .toList();
  }

  private static String sentence(Incompatibility found) {
    return found.getType() + " at " + found.getLocation() + ": " + found.getMessage();
  }
}

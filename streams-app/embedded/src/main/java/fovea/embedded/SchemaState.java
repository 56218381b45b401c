package fovea.embedded;

import fovea.wire.Compatibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** All that a registry knows, as the sum of its changes. Thread-confined. */
final class SchemaState {
  /** The subject of the level that holds for all subjects without their own. */
  static final String EVERY = "";

  private final Map<Integer, Schema> schemas = new HashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final SortedMap<String, SortedMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
  private final Map<String, Integer> lastVersions = new HashMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();

  void apply(Change change) {
    switch (change) {
      case Change.Registered registered -> add(registered);
      case Change.Deleted deleted -> remove(deleted);
      case Change.LevelSet set -> levels.put(set.subject(), Compatibility.valueOf(set.level()));
      case Change.LevelCleared cleared -> levels.remove(cleared.subject());
    }
  }

  List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** The subject's versions that are not deleted, oldest first. */
  List<SchemaVersion> versions(String subject) {
    return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
  }

  /** Every version of every subject that has this id. */
  List<SchemaVersion> versionsOf(int id) {
    List<SchemaVersion> found = new ArrayList<>();
    for (SortedMap<Integer, SchemaVersion> versions : subjects.values()) {
      versions.values().stream().filter(version -> version.id() == id).forEach(found::add);
    }
    return List.copyOf(found);
  }

  Optional<Schema> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  Optional<Compatibility> level(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }

  /** What registering this schema would be; its version follows also on deleted ones. */
  Change.Registered next(String subject, Schema schema) {
    String text = schema.toString();
    int id = ids.getOrDefault(text, schemas.size() + 1);
    return new Change.Registered(subject, lastVersions.getOrDefault(subject, 0) + 1, id, text);
  }

  private void add(Change.Registered change) {
    Schema schema =
        schemas.computeIfAbsent(change.id(), id -> new Schema.Parser().parse(change.schema()));
    ids.put(schema.toString(), change.id());
    lastVersions.put(change.subject(), change.version());
    subjects
        .computeIfAbsent(change.subject(), subject -> new TreeMap<>())
        .put(
            change.version(),
            new SchemaVersion(change.subject(), change.version(), change.id(), schema));
  }

  private void remove(Change.Deleted change) {
    SortedMap<Integer, SchemaVersion> versions =
        subjects.getOrDefault(change.subject(), new TreeMap<>());
    versions.remove(change.version());
    if (versions.isEmpty()) {
      subjects.remove(change.subject());
    }
  }
}

package fovea.embedded;

import static fovea.embedded.SchemaState.EVERY;

import fovea.wire.Compatibility;
import fovea.wire.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A registry's rules over its schemas: one schema one id, versions that only grow, and nothing
 * incompatible. A change is written to the journal before it is seen. Thread-safe.
 */
final class SchemaBook {
  private final SchemaJournal journal;
  private final SchemaState state = new SchemaState();

  SchemaBook(SchemaJournal journal) {
    this.journal = journal;
    journal.past().forEach(state::apply);
  }

  synchronized int register(String subject, Schema schema) throws IOException {
    Optional<SchemaVersion> known = find(subject, schema);
    if (known.isPresent()) {
      return known.get().id();
    }
    List<String> objections =
        effectiveLevel(subject).objections(schema, schemas(state.versions(subject)));
    if (!objections.isEmpty()) {
      throw RegistryErrors.incompatible(subject, objections);
    }
    Change.Registered change = state.next(subject, schema);
    record(change);
    return change.id();
  }

  synchronized SchemaVersion lookup(String subject, Schema schema) throws RegistryException {
    versions(subject);
    return find(subject, schema).orElseThrow(RegistryErrors::schemaNotFound);
  }

  synchronized List<String> subjects() {
    return state.subjects();
  }

  /** The subject's versions, oldest first; never empty. */
  synchronized List<SchemaVersion> versions(String subject) throws RegistryException {
    List<SchemaVersion> versions = state.versions(subject);
    if (versions.isEmpty()) {
      throw RegistryErrors.subjectNotFound(subject);
    }
    return versions;
  }

  synchronized SchemaVersion version(String subject, VersionName name) throws RegistryException {
    List<SchemaVersion> versions = versions(subject);
    return name.in(versions).orElseThrow(() -> RegistryErrors.versionNotFound(name));
  }

  synchronized Schema schema(int id) throws RegistryException {
    return state.schema(id).orElseThrow(RegistryErrors::schemaNotFound);
  }

  synchronized List<SchemaVersion> versionsOf(int id) throws RegistryException {
    schema(id);
    return state.versionsOf(id);
  }

  /** What speaks against this schema beside the named version; with no such newest one nothing. */
  synchronized List<String> objections(String subject, VersionName name, Schema schema)
      throws RegistryException {
    List<SchemaVersion> versions = state.versions(subject);
    if (versions.isEmpty() && name.isLatest()) {
      return List.of();
    }
    return effectiveLevel(subject).objections(schema, List.of(version(subject, name).schema()));
  }

  /** What speaks against registering this schema. */
  synchronized List<String> objections(String subject, Schema schema) {
    return effectiveLevel(subject).objections(schema, schemas(state.versions(subject)));
  }

  synchronized List<Integer> deleteSubject(String subject) throws IOException {
    List<Integer> deleted = new ArrayList<>();
    for (SchemaVersion version : versions(subject)) {
      record(new Change.Deleted(subject, version.version()));
      deleted.add(version.version());
    }
    if (state.level(subject).isPresent()) {
      record(new Change.LevelCleared(subject));
    }
    return List.copyOf(deleted);
  }

  synchronized int deleteVersion(String subject, VersionName name) throws IOException {
    int version = version(subject, name).version();
    record(new Change.Deleted(subject, version));
    return version;
  }

  /** The level that holds for all subjects without their own. */
  synchronized Compatibility level() {
    return state.level(EVERY).orElse(Compatibility.BACKWARD);
  }

  synchronized Optional<Compatibility> level(String subject) {
    return state.level(subject);
  }

  synchronized void level(String subject, Compatibility level) throws IOException {
    record(new Change.LevelSet(subject, level.name()));
  }

  synchronized void clearLevel(String subject) throws IOException {
    record(new Change.LevelCleared(subject));
  }

  private Compatibility effectiveLevel(String subject) {
    return state.level(subject).orElseGet(this::level);
  }

  private Optional<SchemaVersion> find(String subject, Schema schema) {
    String text = schema.toString();
    return state.versions(subject).reversed().stream()
        .filter(version -> version.schema().toString().equals(text))
        .findFirst();
  }

  private void record(Change change) throws IOException {
    journal.append(change);
    state.apply(change);
  }

  private static List<Schema> schemas(List<SchemaVersion> versions) {
    return versions.stream().map(SchemaVersion::schema).toList();
  }
}

package fovea.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A schema registry in this process's memory, for topologies that run without a network. It
 * enforces compatibility as a registry does, BACKWARD where a subject has no level of its own; one
 * schema has one id under all its subjects. Thread-safe.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
  private final List<Schema> byId = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();

  @Override
  public synchronized int register(String subject, Schema schema) throws RegistryException {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    int known = ids.getOrDefault(schema.toString(), 0);
    if (versions.contains(known)) {
      return known;
    }
    List<String> objections = level(subject).objections(schema, earlier(subject));
    if (!objections.isEmpty()) {
      throw new RegistryException(
          409,
          RegistryException.INCOMPATIBLE,
          "incompatible with an earlier schema of " + subject + ": " + objections);
    }
    int id = known > 0 ? known : admit(schema);
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public synchronized int lookup(String subject, Schema schema) throws RegistryException {
    int known = ids.getOrDefault(schema.toString(), 0);
    if (!versions(subject).contains(known)) {
      throw new RegistryException(
          404, RegistryException.SCHEMA_NOT_FOUND, "schema not found under " + subject);
    }
    return known;
  }

  @Override
  public synchronized Registered latest(String subject) throws RegistryException {
    int id = versions(subject).getLast();
    return new Registered(id, byId.get(id - 1));
  }

  @Override
  public synchronized Schema byId(int id) throws RegistryException {
    if (id < 1 || id > byId.size()) {
      throw new RegistryException(
          404, RegistryException.SCHEMA_NOT_FOUND, "schema " + id + " not found");
    }
    return byId.get(id - 1);
  }

  @Override
  public synchronized boolean compatible(String subject, Schema schema) {
    List<Schema> earlier = earlier(subject);
    List<Schema> newest = earlier.subList(Math.max(0, earlier.size() - 1), earlier.size());
    return level(subject).objections(schema, newest).isEmpty();
  }

  @Override
  public synchronized Optional<String> compatibility(String subject) {
    return Optional.ofNullable(levels.get(subject)).map(Compatibility::name);
  }

  @Override
  public synchronized void compatibility(String subject, String level) throws RegistryException {
    Compatibility named =
        Compatibility.named(level)
            .orElseThrow(
                () -> new RegistryException(422, 42203, "no compatibility level '" + level + "'"));
    levels.put(subject, named);
  }

  private List<Integer> versions(String subject) throws RegistryException {
    List<Integer> versions = subjects.get(subject);
    if (versions == null) {
      throw new RegistryException(
          404, RegistryException.SUBJECT_NOT_FOUND, "subject '" + subject + "' not found");
    }
    return versions;
  }

  private int admit(Schema schema) {
    byId.add(schema);
    ids.put(schema.toString(), byId.size());
    return byId.size();
  }

  private Compatibility level(String subject) {
    return levels.getOrDefault(subject, Compatibility.BACKWARD);
  }

  private List<Schema> earlier(String subject) {
    return subjects.getOrDefault(subject, List.of()).stream().map(id -> byId.get(id - 1)).toList();
  }
}

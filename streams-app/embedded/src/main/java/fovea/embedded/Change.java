package fovea.embedded;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What can happen to a registry's schemas; their whole state is the sum of these. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Registered.class, name = "registered"),
  @JsonSubTypes.Type(value = Change.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = Change.LevelSet.class, name = "level"),
  @JsonSubTypes.Type(value = Change.LevelCleared.class, name = "level-cleared")
})
sealed interface Change {

  /** A schema became the next version of a subject. */
  record Registered(String subject, int version, int id, String schema) implements Change {}

  /** A version was taken away; its id still means its schema. */
  record Deleted(String subject, int version) implements Change {}

  /** A level was set, for a subject or, where that is empty, for all that have none. */
  record LevelSet(String subject, String level) implements Change {}

  /** A level was taken back; an empty subject as above. */
  record LevelCleared(String subject) implements Change {}
}

package fovea.streams.aggregate;

import fovea.streams.deadletter.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What must hold of one kind of record before it may be counted. */
interface Rules<T> {
  /** Clocks err and time zones are lost, but not by more than this. */
  Duration AHEAD = Duration.ofHours(24);

  /** The kind, for a message. */
  String kind();

  /** The first rule that does not hold; messages name fields, never their text. */
  Optional<Refusal> broken(T record, Instant recordedAt);

  /** Whose record it is: what decides the partition. */
  String subject(T record);
}

package fovea.streams;

import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;

/** What came of trying to read something of a record: the thing, or why not. */
sealed interface Reading<T> {

  record Read<T>(T value) implements Reading<T> {}

  record Refused<T>(Refusal refusal) implements Reading<T> {}

  static <T> Reading<T> refused(Reason reason, String message) {
    return new Refused<>(Refusal.of(reason, message));
  }
}

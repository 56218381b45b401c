package fovea.streams.deadletter;

import java.util.Optional;

/**
 * Why one record is not processed, as data.
 *
 * @param reason the code
 * @param message what was wrong; it never holds a field's text, which could identify a person
 * @param model {@code id/version} where one model refused; empty where the record did for all
 */
public record Refusal(Reason reason, String message, Optional<String> model) {
  public Refusal {
    if (message.isBlank()) {
      throw new IllegalArgumentException("a refusal says what was wrong: " + reason);
    }
  }

  /** A refusal for every model. */
  public static Refusal of(Reason reason, String message) {
    return new Refusal(reason, message, Optional.empty());
  }
}

package fovea.core.map;

import java.util.List;

/** The answer to a {@link MapQuery}. */
public sealed interface MapAnswer {

  /** The map. */
  record Here(GlobalMap map) implements MapAnswer {}

  /** No image has entered such a map; {@code reason} says what is missing. */
  record Absent(String reason) implements MapAnswer {}

  /** More than one is meant: {@code parameter} must be one of {@code choices}. */
  record Ambiguous(String parameter, List<String> choices) implements MapAnswer {
    public Ambiguous {
      choices = List.copyOf(choices);
    }
  }
}

package fovea.query.read;

import java.util.List;

/** How good the explanations are that were asked for. */
public sealed interface QualityAnswer {

  /** So good. */
  record Here(QualityReport report) implements QualityAnswer {}

  /** No image has been explained so. */
  record Absent() implements QualityAnswer {}

  /** More than one is meant: {@code parameter} must be one of {@code choices}. */
  record Ambiguous(String parameter, List<String> choices) implements QualityAnswer {
    public Ambiguous {
      choices = List.copyOf(choices);
    }
  }
}

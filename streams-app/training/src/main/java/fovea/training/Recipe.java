package fovea.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is done to training images, and what maps cost.
 *
 * @param changes which changes are made
 * @param sparsity weight of a cell's mean absolute evidence
 * @param ring what is added to it in the outer two rows and columns
 */
record Recipe(Set<Kind> changes, float sparsity, float ring) {

  /** A group of changes. */
  enum Kind {
    /** Crops, shifts and scales. */
    PLACING,
    /** Gamma, contrast, brightness, blur, noise, JPEG. */
    EXPOSURE,
    /** Another image's ring, or one grey. */
    BORDER,
    /** A rectangle under one grey. */
    HIDING
  }

  Recipe {
    changes = Set.copyOf(changes);
  }

  Lesson lesson(NetSpec spec, List<Example> train) {
    List<Change> out = new ArrayList<>();
    if (changes.contains(Kind.PLACING)) {
      out.add(new Placing());
    }
    if (changes.contains(Kind.EXPOSURE)) {
      out.add(new Exposure());
      out.add(new Sharpness());
    }
    if (changes.contains(Kind.BORDER)) {
      out.add(new BorderSwap(train));
    }
    if (changes.contains(Kind.HIDING)) {
      out.add(new Hiding());
    }
    return new Lesson(
        new ContrastObjective(spec.grid(), sparsity, ring), new Changes(spec.side(), out));
  }

  /** As text, e.g. {@code placing,exposure}; the names a command takes. */
  String text() {
    return changes.isEmpty()
        ? "none"
        : String.join(
            ", ", changes.stream().sorted().map(k -> k.name().toLowerCase(Locale.ROOT)).toList());
  }
}

package fovea.query;

import fovea.core.aggregate.Basis;
import java.util.List;

/**
 * Which images a map is over, as aggregates that are added and taken away, both exactly.
 *
 * @param name as it is told
 * @param added the aggregates of these bases together
 * @param takenAway of these, the images that these bases hold too
 */
record Population(String name, List<Basis> added, List<Basis> takenAway) {
  /** The finding was confirmed, whatever the model said. */
  static final Population PRESENT = of("PRESENT", Basis.TP, Basis.FN);

  /** The finding was ruled out, whatever the model said. */
  static final Population ABSENT = of("ABSENT", Basis.FP, Basis.TN);

  /** The model did not decide for the finding. */
  static final Population NOT_PREDICTED =
      new Population("NOT_PREDICTED", List.of(Basis.ALL), List.of(Basis.PREDICTED));

  Population {
    added = List.copyOf(added);
    takenAway = List.copyOf(takenAway);
    if (added.isEmpty()) {
      throw new IllegalArgumentException("a population needs a basis: " + name);
    }
  }

  /** The images of one basis. */
  static Population of(Basis basis) {
    return of(basis.name(), basis);
  }

  private static Population of(String name, Basis... added) {
    return new Population(name, List.of(added), List.of());
  }

  /** In words that follow "over". */
  String words() {
    return switch (name) {
      case "PREDICTED" -> "images predicted to have it";
      case "CONFIRMED", "PRESENT" -> "images confirmed to have it";
      case "ABSENT" -> "images confirmed not to have it";
      case "NOT_PREDICTED" -> "images not predicted to have it";
      case "TP" -> "images rightly found";
      case "FP" -> "images wrongly found";
      case "FN" -> "images missed";
      case "TN" -> "images rightly not found";
      default -> "all images";
    };
  }
}

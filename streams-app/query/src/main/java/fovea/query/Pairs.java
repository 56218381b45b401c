package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.map.ModelChoice;
import java.util.Optional;

/** Finds the two maps that are compared. */
final class Pairs {
  private static final String OUTCOME = "outcome";
  private static final String DECISION = "decision";
  private final Composer composer;
  private final Availability availability;

  Pairs(Composer composer, Availability availability) {
    this.composer = composer;
    this.availability = availability;
  }

  /** A map and what {@code minus.} says of the other; they must have one frame. */
  MapPair chosen(Ask ask) {
    if (MapParameters.OF_BOTH.stream()
        .noneMatch(name -> name.startsWith(MapParameters.MINUS) && ask.names(name))) {
      throw Problem.parameter(
          MapParameters.MINUS + "label", "or another minus. parameter must be given");
    }
    ComposedMap first = composer.map(MapParameters.wanted(ask));
    Wanted wanted = MapParameters.minus(ask);
    boolean open = wanted.frame().isEmpty();
    ComposedMap second = composer.map(open ? wanted.of(wanted.model(), first.frame()) : wanted);
    if (!first.frame().equals(second.frame())) {
      throw Problem.parameter(
          MapParameters.MINUS + "frame",
          "must be that of the first: cells of %s are not those of %s"
              .formatted(second.frame(), first.frame()));
    }
    return new MapPair(first, second, Optional.empty());
  }

  /**
   * Images with the finding and images without: by outcome where any is known, else by the model's
   * decision, unless it is said by which.
   */
  MapPair presentAbsent(Ask ask) {
    Wanted wanted = MapParameters.wanted(ask);
    String by =
        ask.text("by").isEmpty() && !availability.anyOutcome(wanted)
            ? DECISION
            : ask.word("by", OUTCOME, DECISION);
    Population present = by.equals(OUTCOME) ? Population.PRESENT : Population.of(Basis.PREDICTED);
    Population absent = by.equals(OUTCOME) ? Population.ABSENT : Population.NOT_PREDICTED;
    ComposedMap first = composer.map(wanted.over(present));
    ModelChoice same =
        new ModelChoice(
            Optional.of(first.model().id()),
            Optional.of(first.model().version()),
            Optional.of(first.model().variant()));
    ComposedMap second = composer.map(wanted.over(absent).of(same, first.frame()));
    return new MapPair(first, second, Optional.of(by));
  }
}

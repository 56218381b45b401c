package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.map.GlobalMaps;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.query.ComposedMap.Outcomes;
import fovea.query.read.ImageRing;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Says which maps cannot be had, and why: what is not known is never shown as nothing. */
final class Availability {
  private static final Set<Basis> BY_OUTCOME =
      EnumSet.of(Basis.CONFIRMED, Basis.TP, Basis.FP, Basis.FN, Basis.TN);
  private static final Set<Basis> CELLS = EnumSet.of(Basis.TP, Basis.FP, Basis.FN, Basis.TN);
  private static final Set<Basis> NOT_FOUND = EnumSet.of(Basis.FN, Basis.TN);

  private final GlobalMaps maps;
  private final ImageRing images;

  Availability(GlobalMaps maps, ImageRing images) {
    this.maps = maps;
    this.images = images;
  }

  /**
   * Refuses maps over images the model did not decide for, where such images carry no map of the
   * label: those that do would not be all of them.
   */
  void check(Wanted wanted, String label) {
    boolean notFound = wanted.population().added().stream().anyMatch(NOT_FOUND::contains);
    if (notFound && images.lacksMap(wanted.model(), label)) {
      throw Problem.notFound(
          "not available: the records of images not found to have '%s' carry no map of it"
              .formatted(label));
    }
  }

  /** Why there is no such map. */
  Problem absent(Wanted wanted, String label) {
    String over = wanted.population().words();
    boolean byOutcome = wanted.population().added().stream().anyMatch(BY_OUTCOME::contains);
    if (byOutcome && !anyOutcome(wanted, label::equals)) {
      return Problem.notFound(
          "not available: no outcome is known of an image with a map of '%s', so none over %s"
              .formatted(label, over));
    }
    return Problem.notFound(
        "no image has entered such a map yet: %s of '%s' over %s"
            .formatted(wanted.quantity(), label, over));
  }

  /** Whether the outcome of any image is known for any label wanted, of any day and site. */
  boolean anyOutcome(Wanted wanted) {
    return anyOutcome(wanted, one -> wanted.labels().isEmpty() || wanted.labels().contains(one));
  }

  private boolean anyOutcome(Wanted wanted, Predicate<String> label) {
    return maps.keys()
        .map(one -> one.key())
        .anyMatch(
            key ->
                BY_OUTCOME.contains(key.basis())
                    && label.test(key.label())
                    && wanted.model().id().map(key.model().id()::equals).orElse(true)
                    && wanted.model().version().map(key.model().version()::equals).orElse(true));
  }

  /** Of how many images the outcome is known, for a map that depends on outcomes. */
  Optional<Outcomes> outcomes(Wanted wanted, List<String> labels) {
    if (wanted.population().added().stream().noneMatch(BY_OUTCOME::contains)) {
      return Optional.empty();
    }
    long known = 0;
    long all = 0;
    for (String label : labels) {
      all += n(wanted.query(label, Basis.ALL));
      for (Basis cell : CELLS) {
        known += n(wanted.query(label, cell));
      }
    }
    return Optional.of(new Outcomes(known, all));
  }

  private long n(MapQuery query) {
    return maps.map(query) instanceof MapAnswer.Here here ? here.map().moments().n() : 0;
  }
}

package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.composition.Pool;
import fovea.core.map.GlobalMap;
import fovea.core.map.GlobalMaps;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.map.ModelChoice;
import fovea.core.moments.MomentsSnapshot;
import fovea.query.Wanted.OverSites;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts maps together from committed aggregates.
 *
 * <p>Each aggregate is read whole, and everything told of a map is of the aggregates that were read
 * for it. Two aggregates may be of neighbouring moments, no further apart than they are emitted.
 */
final class Composer {
  private final GlobalMaps maps;
  private final Availability availability;

  Composer(GlobalMaps maps, Availability availability) {
    this.maps = maps;
    this.availability = availability;
  }

  /**
   * The map that is wanted.
   *
   * @throws Problem if there is none, saying why, or more than one is meant
   */
  ComposedMap map(Wanted wanted) {
    List<String> meant = meant(wanted);
    GlobalMap anchor = anchor(wanted, meant);
    Wanted pinned = pinned(wanted, anchor);
    List<Part> parts = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String label : meant) {
      List<Part> ofLabel = parts(pinned, label);
      parts.addAll(ofLabel);
      if (ofLabel.isEmpty()) {
        missing.add(label);
      }
    }
    if (parts.isEmpty() || (!wanted.labels().isEmpty() && !missing.isEmpty())) {
      throw availability.absent(pinned, missing.getFirst());
    }
    return new Composition(wanted, anchor, parts)
        .map(missing, availability.outcomes(pinned, meant));
  }

  /** One exact sum: what was added, minus what was taken away. */
  record Part(
      String label, MomentsSnapshot sums, List<GlobalMap> added, List<GlobalMap> takenAway) {
    Part {
      added = List.copyOf(added);
      takenAway = List.copyOf(takenAway);
    }
  }

  private List<String> meant(Wanted wanted) {
    if (!wanted.labels().isEmpty()) {
      return List.copyOf(wanted.labels());
    }
    Set<String> all = new TreeSet<>();
    maps.keys()
        .map(one -> one.key())
        .filter(key -> key.quantity() == wanted.quantity())
        .filter(key -> wanted.model().id().map(key.model().id()::equals).orElse(true))
        .filter(key -> wanted.model().version().map(key.model().version()::equals).orElse(true))
        .forEach(key -> all.add(key.label()));
    return List.copyOf(all);
  }

  /** The first aggregate of the kind: it says which version, variant and frame are meant. */
  private GlobalMap anchor(Wanted wanted, List<String> labels) {
    for (String label : labels) {
      for (Basis basis : wanted.population().added()) {
        Optional<GlobalMap> found = here(wanted.query(label, basis));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw availability.absent(wanted, labels.isEmpty() ? "any label" : labels.getFirst());
  }

  private static Wanted pinned(Wanted wanted, GlobalMap anchor) {
    ModelVersion model = anchor.model();
    ModelChoice exactly =
        new ModelChoice(
            Optional.of(model.id()), Optional.of(model.version()), Optional.of(model.variant()));
    return wanted.of(exactly, anchor.frame());
  }

  /** Of one label: one part, or one for every site where sites are balanced. */
  private List<Part> parts(Wanted wanted, String label) {
    List<Part> parts = new ArrayList<>();
    if (wanted.overSites() == OverSites.POOLED) {
      part(wanted, label).ifPresent(parts::add);
      return parts;
    }
    Set<String> sites = new TreeSet<>();
    for (Basis basis : wanted.population().added()) {
      here(wanted.query(label, basis)).ifPresent(map -> sites.addAll(map.sites().keySet()));
    }
    for (String site : sites) {
      part(wanted.at(site), label).ifPresent(parts::add);
    }
    return parts;
  }

  private Optional<Part> part(Wanted wanted, String label) {
    availability.check(wanted, label);
    List<GlobalMap> added = all(wanted, label, wanted.population().added());
    List<GlobalMap> taken = all(wanted, label, wanted.population().takenAway());
    if (added.isEmpty()) {
      return Optional.empty();
    }
    MomentsSnapshot sums = Pool.of(sums(added)).snapshot();
    if (!taken.isEmpty()) {
      sums = rest(sums, Pool.of(sums(taken)).snapshot());
    }
    return sums.n() == 0 ? Optional.empty() : Optional.of(new Part(label, sums, added, taken));
  }

  private static MomentsSnapshot rest(MomentsSnapshot whole, MomentsSnapshot part) {
    try {
      return Pool.without(whole, part).snapshot();
    } catch (IllegalArgumentException e) {
      throw Problem.notReady("two of the maps are of neighbouring moments: " + e.getMessage());
    }
  }

  private List<GlobalMap> all(Wanted wanted, String label, List<Basis> bases) {
    return bases.stream().flatMap(basis -> here(wanted.query(label, basis)).stream()).toList();
  }

  private Optional<GlobalMap> here(MapQuery query) {
    return switch (maps.map(query)) {
      case MapAnswer.Here here -> Optional.of(here.map());
      case MapAnswer.Absent absent -> Optional.empty();
      case MapAnswer.Ambiguous open -> throw Problem.ambiguous(open.parameter(), open.choices());
    };
  }

  private static List<MomentsSnapshot> sums(List<GlobalMap> of) {
    return of.stream().map(GlobalMap::moments).toList();
  }
}

package fovea.query;

import fovea.core.composition.MeanMap;
import fovea.core.composition.Pool;
import fovea.core.map.GlobalMap;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.MomentsSnapshot;
import fovea.query.ComposedMap.Extra;
import fovea.query.ComposedMap.Outcomes;
import fovea.query.Composer.Part;
import fovea.query.Wanted.OverLabels;
import fovea.query.Wanted.OverSites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes one map of exact parts: of one label each, and of one site each where sites are balanced.
 */
final class Composition {
  private final Wanted wanted;
  private final GlobalMap anchor;
  private final List<Part> parts;

  Composition(Wanted wanted, GlobalMap anchor, List<Part> parts) {
    this.wanted = wanted;
    this.anchor = anchor;
    this.parts = parts;
  }

  ComposedMap map(List<String> missing, Optional<Outcomes> outcomes) {
    Optional<MomentsSnapshot> sums = sums();
    long empty = parts.stream().mapToLong(part -> part.sums().empty()).sum();
    long clipped = parts.stream().mapToLong(part -> part.sums().clipped()).sum();
    return new ComposedMap(
        wanted,
        anchor.model(),
        anchor.frame(),
        anchor.frames(),
        parts.stream().map(Part::label).distinct().toList(),
        missing,
        counts(GlobalMap::sites),
        positive(counts(GlobalMap::days)),
        sums.map(MeanMap::of).orElseGet(this::mean),
        sums,
        new Extra(empty, clipped, anchor.tally(), outcomes, sums.flatMap(exact -> folds())),
        from().map(GlobalMap::asOf).max(Instant::compareTo).orElseThrow());
  }

  /** Where every image has equal weight there is one exact sum. */
  private Optional<MomentsSnapshot> sums() {
    boolean one = parts.size() == 1;
    boolean micro =
        wanted.overLabels() == OverLabels.MICRO && wanted.overSites() == OverSites.POOLED;
    return one || micro ? Optional.of(pool(parts)) : Optional.empty();
  }

  private Optional<FoldsSnapshot> folds() {
    boolean kept =
        parts.stream().allMatch(part -> part.takenAway().isEmpty())
            && from().allMatch(map -> map.folds().isPresent());
    return kept
        ? from().flatMap(map -> map.folds().stream()).reduce(FoldsSnapshot::plus)
        : Optional.empty();
  }

  private MeanMap mean() {
    return wanted.overLabels() == OverLabels.MICRO
        ? MeanMap.ofMeans(bySite().stream().map(part -> MeanMap.of(pool(part))).toList())
        : MeanMap.ofMeans(byLabel().stream().map(Composition::overSites).toList());
  }

  /** Of one label: its only part, or the mean over its sites. */
  private static MeanMap overSites(List<Part> ofLabel) {
    return MeanMap.ofMeans(ofLabel.stream().map(part -> MeanMap.of(part.sums())).toList());
  }

  private List<List<Part>> byLabel() {
    return grouped(Part::label);
  }

  private List<List<Part>> bySite() {
    return grouped(part -> String.join("|", part.added().getFirst().sites().keySet()));
  }

  private List<List<Part>> grouped(Function<Part, String> by) {
    Map<String, List<Part>> groups = new LinkedHashMap<>();
    parts.forEach(part -> groups.computeIfAbsent(by.apply(part), k -> new ArrayList<>()).add(part));
    return List.copyOf(groups.values());
  }

  private static MomentsSnapshot pool(List<Part> parts) {
    return Pool.of(parts.stream().map(Part::sums).toList()).snapshot();
  }

  private Stream<GlobalMap> from() {
    return parts.stream().flatMap(part -> part.added().stream());
  }

  private <K> SortedMap<K, Long> counts(Function<GlobalMap, SortedMap<K, Long>> of) {
    SortedMap<K, Long> counts = new TreeMap<>();
    for (Part part : parts) {
      part.added().forEach(map -> of.apply(map).forEach((k, n) -> counts.merge(k, n, Long::sum)));
      part.takenAway()
          .forEach(map -> of.apply(map).forEach((k, n) -> counts.merge(k, -n, Long::sum)));
    }
    return counts;
  }

  /** A day all of whose images were taken away is none of the map's. */
  private static <K> SortedMap<K, Long> positive(SortedMap<K, Long> counts) {
    counts.values().removeIf(n -> n == 0);
    return counts;
  }
}

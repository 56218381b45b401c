package fovea.query.read;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.ModelVersion;
import fovea.core.map.Period;
import fovea.core.map.Tally;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** What became of the scored images, by model, frame, site and pane. Thread-safe. */
public final class TallyTable {
  private final ConcurrentMap<AggregateKey, Tally> tallies = new ConcurrentHashMap<>();

  void put(AggregateKey key, Map<String, Long> counters) {
    tallies.put(key, Tally.of(counters));
  }

  void remove(AggregateKey key) {
    tallies.remove(key);
  }

  /** The sum over every key that {@code matches}. */
  public Tally sum(Predicate<AggregateKey> matches) {
    return tallies.entrySet().stream()
        .filter(entry -> matches.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .reduce(Tally.none(), Tally::plus);
  }

  /** The model versions that have scored an image. */
  public Set<ModelVersion> models() {
    Set<ModelVersion> models = ConcurrentHashMap.newKeySet();
    tallies.keySet().forEach(key -> models.add(key.model()));
    return models;
  }

  /** The sites that have sent an image. */
  public Set<String> sites() {
    Set<String> sites = new TreeSet<>();
    tallies.keySet().forEach(key -> sites.add(key.site()));
    return sites;
  }

  /** Keys of some sites (none means all) and days. */
  public static Predicate<AggregateKey> within(Set<String> sites, Period period) {
    return key -> (sites.isEmpty() || sites.contains(key.site())) && period.contains(key.pane());
  }
}

package fovea.core.phantom;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that decides the phantom's images; two equal specs give the same bytes.
 *
 * @param seed of everything random
 * @param side width and height of an image in pixels, 32..2048
 * @param start when image 0 was acquired
 * @param interval from one image to the next
 * @param sites at least one; a subject belongs to one of them
 * @param artefact none unless asked for
 */
public record PhantomSpec(
    long seed,
    int side,
    Instant start,
    Duration interval,
    List<PhantomSite> sites,
    Optional<CameraArtefact> artefact) {

  public PhantomSpec {
    sites = List.copyOf(sites);
    if (side < 32 || side > 2048) {
      throw new IllegalArgumentException("side must be 32..2048: " + side);
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval must not be negative: " + interval);
    }
    Set<String> names = new HashSet<>();
    for (PhantomSite site : sites) {
      if (!names.add(site.name())) {
        throw new IllegalArgumentException("two sites of one name: " + site.name());
      }
    }
    if (names.isEmpty() || artefact.filter(a -> !names.contains(a.site())).isPresent()) {
      throw new IllegalArgumentException(
          "the artefact %s needs its site among %s".formatted(artefact, names));
    }
  }

  /** Two sites, 224 pixels, one image a second, no artefact. */
  public static PhantomSpec of(long seed, Instant start) {
    return new PhantomSpec(
        seed, 224, start, Duration.ofSeconds(1), defaultSites(), Optional.empty());
  }

  public PhantomSpec withSide(int pixels) {
    return new PhantomSpec(seed, pixels, start, interval, sites, artefact);
  }

  public PhantomSpec withInterval(Duration between) {
    return new PhantomSpec(seed, side, start, between, sites, artefact);
  }

  public PhantomSpec withSites(List<PhantomSite> instead) {
    return new PhantomSpec(seed, side, start, interval, instead, artefact);
  }

  public PhantomSpec withArtefact(CameraArtefact shown) {
    return new PhantomSpec(seed, side, start, interval, sites, Optional.of(shown));
  }

  private static List<PhantomSite> defaultSites() {
    return List.of(
        new PhantomSite("north", "Retinograph A", "4.1", new PhantomSite.Tint(1, 1, 1), 4),
        new PhantomSite("south", "Retinograph B", "2.7", new PhantomSite.Tint(0.9, 1.06, 1.2), 7));
  }
}

package fovea.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How patiently a registry is asked. Immutable.
 *
 * @param urls its addresses, tried in order from the one that answered last
 * @param auth sent with every call
 * @param timeout of one attempt at one address
 * @param attempts rounds over all addresses, at least one
 * @param firstPause before the second round; doubles from round to round
 * @param longestPause where the doubling ends
 */
public record RegistryClientPolicy(
    List<URI> urls,
    RegistryAuth auth,
    Duration timeout,
    int attempts,
    Duration firstPause,
    Duration longestPause) {
  public RegistryClientPolicy {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a registry needs an address");
    }
    urls.forEach(RegistryClientPolicy::requireHttp);
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    if (!timeout.isPositive() || firstPause.isNegative() || longestPause.isNegative()) {
      throw new IllegalArgumentException(
          "durations must not be negative: " + List.of(timeout, firstPause, longestPause));
    }
  }

  /** The default patience: some seconds in all, less than a poll may take. */
  public static RegistryClientPolicy of(List<URI> urls, RegistryAuth auth) {
    return new RegistryClientPolicy(
        urls, auth, Duration.ofSeconds(10), 5, Duration.ofMillis(100), Duration.ofSeconds(2));
  }

  Duration pause(int round) {
    long millis = firstPause.toMillis() << Math.min(round, 20);
    return Duration.ofMillis(Math.min(millis, longestPause.toMillis()));
  }

  private static void requireHttp(URI url) {
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("not a registry's address: " + withoutUser(url));
    }
  }

  private static String withoutUser(URI url) {
    return url.getScheme() + "://" + url.getHost();
  }
}

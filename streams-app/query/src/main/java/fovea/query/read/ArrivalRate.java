package fovea.query.read;

import java.time.Instant;
import java.util.TreeMap;

/** How many images arrived a second, over the last ten seconds. Thread-safe. */
public final class ArrivalRate {
  private static final int SECONDS = 10;
  private final TreeMap<Long, Long> bySecond = new TreeMap<>();

  /** One image arrived now. */
  public synchronized void arrived(Instant now) {
    bySecond.merge(now.getEpochSecond(), 1L, Long::sum);
    bySecond.headMap(now.getEpochSecond() - SECONDS).clear();
  }

  /** Images a second over the ten whole seconds before this one. */
  public synchronized double perSecond(Instant now) {
    long second = now.getEpochSecond();
    long sum =
        bySecond.subMap(second - SECONDS, second).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    return (double) sum / SECONDS;
  }
}

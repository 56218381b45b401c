package fovea.streams.aggregate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Which of several records of one thing are worth keeping, so that neither the order in which they
 * came nor that of the erasures among them matters.
 *
 * <p>The one of greatest rank holds. Another is kept only if it came later than all of greater
 * rank: an erasure takes what came up to a moment, and may leave such a one to hold. Nearly always
 * there is one candidate, because what is corrected is sent again later.
 *
 * @param rank a total order: records that are equal in it are one
 * @param came when a record came
 */
record Candidates<T>(Comparator<T> rank, Function<T, Instant> came) {

  /** Those worth keeping, greatest rank first, each later than the one before it. */
  List<T> of(List<T> all) {
    List<T> sorted = new ArrayList<>(all);
    sorted.sort(rank.reversed());
    List<T> kept = new ArrayList<>(1);
    for (T one : sorted) {
      if (kept.isEmpty() || came.apply(one).isAfter(came.apply(kept.getLast()))) {
        kept.add(one);
      }
    }
    return kept;
  }
}

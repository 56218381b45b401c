package fovea.core.composition;

import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import java.util.Collection;
import java.util.Iterator;

/**
 * Exact sums of aggregates: every image has equal weight.
 *
 * <p>Both answers are sums of integers, bit for bit what one aggregate over those images would
 * hold. An image that is in two of the aggregates counts twice. What is given is left as it is;
 * cost grows with aggregates × cells.
 */
public final class Pool {
  private Pool() {}

  /**
   * Everything that any of them holds.
   *
   * @throws IllegalArgumentException if there is none, or grids or scales differ
   */
  public static Moments of(Collection<MomentsSnapshot> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a pool needs an aggregate");
    }
    Iterator<MomentsSnapshot> each = parts.iterator();
    Moments sum = each.next().moments();
    each.forEachRemaining(part -> sum.merge(part.moments()));
    return sum;
  }

  /**
   * What {@code whole} holds besides {@code part}.
   *
   * @throws IllegalArgumentException if {@code part} cannot be a part of it: it holds more images,
   *     or what is left are sums that no images have
   */
  public static Moments without(MomentsSnapshot whole, MomentsSnapshot part) {
    Moments rest = whole.moments();
    rest.subtract(part.moments());
    if (!rest.snapshot().possible()) {
      throw new IllegalArgumentException("%s is no part of %s".formatted(part, whole));
    }
    return rest;
  }
}

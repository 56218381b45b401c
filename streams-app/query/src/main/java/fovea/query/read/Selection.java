package fovea.query.read;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which series a query means. */
sealed interface Selection<P> {

  /** One, with the panes that the query's sites and days leave of it, and every frame there is. */
  record One<P>(Series series, Map<Place, P> panes, List<String> frames) implements Selection<P> {
    public One {
      panes = Collections.unmodifiableMap(new TreeMap<>(panes));
      frames = List.copyOf(frames);
    }
  }

  /** None. */
  record None<P>() implements Selection<P> {}

  /** Several, which {@code parameter} tells apart. */
  record Several<P>(String parameter, List<String> choices) implements Selection<P> {}
}

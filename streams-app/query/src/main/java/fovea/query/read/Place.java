package fovea.query.read;

import java.time.LocalDate;
import java.util.Comparator;

/** Where and when: what is added up within a {@link Series}. In order of day, then site. */
record Place(String site, LocalDate day) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::day).thenComparing(Place::site);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}

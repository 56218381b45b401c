package fovea.core.map;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for one map; panes and sites are added up exactly.
 *
 * @param model which model
 * @param frame the aligned space; empty for the one with most images
 * @param measure what the map shows
 * @param sites the sites to add up; none means all
 * @param period the days to add up
 */
public record MapQuery(
    ModelChoice model, Optional<String> frame, Measure measure, Set<String> sites, Period period) {
  public MapQuery {
    sites = Set.copyOf(sites);
  }

  /** Whether what is of this site and day is added up. */
  public boolean covers(String site, LocalDate day) {
    return (sites.isEmpty() || sites.contains(site)) && period.contains(day);
  }
}

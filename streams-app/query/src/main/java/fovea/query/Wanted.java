package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.map.MapQuery;
import fovea.core.map.Measure;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for one map, put together from aggregates.
 *
 * @param model which model
 * @param frame the aligned space; empty for the one with most images
 * @param labels which labels, in order; none for every label there is
 * @param overLabels how several labels become one map
 * @param quantity what is averaged
 * @param population over which images
 * @param sites which sites; none for all
 * @param overSites how several sites become one map
 * @param period which days
 */
record Wanted(
    ModelChoice model,
    Optional<String> frame,
    Set<String> labels,
    OverLabels overLabels,
    Quantity quantity,
    Population population,
    Set<String> sites,
    OverSites overSites,
    Period period) {

  /** From the maps of labels to one. */
  enum OverLabels {
    /** There is one. */
    ONE,
    /** Mean of the labels' maps: every label has equal weight. */
    MACRO,
    /** All labels' images together: a label weighs as many images as it has. */
    MICRO
  }

  /** From the maps of sites to one. */
  enum OverSites {
    /** All sites' images together: a site weighs as many images as it has. */
    POOLED,
    /** Mean of the sites' maps: every site has equal weight. */
    BALANCED
  }

  Wanted {
    labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
    sites = Set.copyOf(sites);
    if (overLabels == OverLabels.ONE && labels.size() != 1) {
      throw new IllegalArgumentException("one label must be given: " + labels);
    }
  }

  /** The same over other images. */
  Wanted over(Population other) {
    return new Wanted(model, frame, labels, overLabels, quantity, other, sites, overSites, period);
  }

  /** The same of this model, in this frame. */
  Wanted of(ModelChoice thisModel, String thisFrame) {
    return new Wanted(
        thisModel,
        Optional.of(thisFrame),
        labels,
        overLabels,
        quantity,
        population,
        sites,
        overSites,
        period);
  }

  /** The same at one site. */
  Wanted at(String site) {
    return new Wanted(
        model, frame, labels, overLabels, quantity, population, Set.of(site), overSites, period);
  }

  /** The aggregates of one label and basis, of the sites wanted. */
  MapQuery query(String label, Basis basis) {
    return new MapQuery(model, frame, new Measure(quantity, label, basis), sites, period);
  }
}

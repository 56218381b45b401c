package fovea.streams.aggregate;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import fovea.core.moments.CellMap;
import fovea.core.quality.QualitySums;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Delta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one delta does, by the keys it touches: all of it is known before any of it is done.
 *
 * @param maps change of the moments by aggregate key
 * @param folds change of the folds by aggregate key
 * @param quality change of the quality sums by aggregate key
 * @param counts change of the counters by aggregate key
 */
record DeltaPlan(
    Map<String, MapChange> maps,
    Map<String, FoldChange> folds,
    Map<String, QualityChange> quality,
    Map<String, CountChange> counts) {

  /** Where the outcome confirmed something is told by the measures themselves. */
  private static final Set<Basis> MEASURED = Set.of(Basis.ALL, Basis.PREDICTED);

  static DeltaPlan of(Delta delta) {
    DeltaPlan plan =
        new DeltaPlan(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    if (delta.getAdded() != null) {
      plan.include(delta.getAdded(), 1);
    }
    if (delta.getRemoved() != null) {
      plan.include(delta.getRemoved(), -1);
    }
    return plan;
  }

  private void include(Contribution c, int sign) {
    AggregateKey key = AggregateKey.counters(model(c), c.getFrame(), c.getSite(), c.getPane());
    CountChange count = counts.computeIfAbsent(key.text(), k -> new CountChange());
    c.getCounters().forEach(name -> count.count(name, sign));
    for (String name : c.getQuantities()) {
      Quantity quantity = Quantity.valueOf(name);
      if (quantity == Quantity.QUALITY) {
        measure(c, sign);
      } else {
        c.getLabels().forEach(label -> include(c, label, quantity, sign));
      }
    }
  }

  private void measure(Contribution c, int sign) {
    ImageQuality image = new ImageQuality(c);
    for (ContributedLabel label : c.getLabels()) {
      QualitySums sums = image.of(label);
      for (String name : label.getBases()) {
        Basis basis = Basis.valueOf(name);
        if (MEASURED.contains(basis)) {
          quality
              .computeIfAbsent(
                  key(c, Quantity.QUALITY, label.getLabel(), basis).text(),
                  k -> new QualityChange())
              .count(sums, sign);
        }
      }
    }
  }

  private void include(Contribution c, ContributedLabel label, Quantity quantity, int sign) {
    CellMap cells = QuantityMaps.of(quantity, c, label);
    for (String basis : label.getBases()) {
      AggregateKey of = key(c, quantity, label.getLabel(), Basis.valueOf(basis));
      MapChange change = maps.computeIfAbsent(of.text(), k -> new MapChange());
      (sign > 0 ? change.added() : change.removed()).add(cells);
      if (hasFolds(of)) {
        FoldChange fold = folds.computeIfAbsent(of.text(), k -> new FoldChange());
        (sign > 0 ? fold.added() : fold.removed())
            .add(new FoldChange.Dealt(c.getFold(), cells.grid()));
      }
    }
  }

  /** Errors are asked for of what the model decided and of what was confirmed. */
  private static boolean hasFolds(AggregateKey key) {
    return key.quantity() == Quantity.ATTENTION_MAX1
        && (key.basis() == Basis.PREDICTED || key.basis() == Basis.CONFIRMED);
  }

  private static AggregateKey key(Contribution c, Quantity quantity, String label, Basis basis) {
    return new AggregateKey(
        model(c), c.getFrame(), quantity, label, basis, c.getSite(), c.getPane());
  }

  private static ModelVersion model(Contribution c) {
    return new ModelVersion(c.getModel(), c.getModelVersion(), c.getVariant());
  }
}

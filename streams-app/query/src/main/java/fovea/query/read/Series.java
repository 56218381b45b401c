package fovea.query.read;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.ModelVersion;
import fovea.core.map.Measure;

/** What may be added up: everything of an aggregate's key but site and pane. */
record Series(ModelVersion model, String frame, Measure measure) {
  static Series of(AggregateKey key) {
    return new Series(
        key.model(), key.frame(), new Measure(key.quantity(), key.label(), key.basis()));
  }
}

package fovea.streams;

import fovea.wire.AvroSerdes;
import fovea.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What score needs of the world.
 *
 * @param serdes of the records that it reads from others and writes for them
 * @param models the models that serve now
 * @param meters where it counts
 */
public record ScorePorts(AvroSerdes serdes, ServedModels models, MeterRegistry meters) {
  /** The same with Fovea's own serdes. */
  public ScorePorts(SchemaRegistry registry, ServedModels models, MeterRegistry meters) {
    this(AvroSerdes.own(registry), models, meters);
  }
}

package fovea.streams;

import fovea.core.aggregate.Fingerprint;
import fovea.wire.AvroSerdes;
import fovea.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What aggregate needs of the world.
 *
 * @param serdes of the records that it reads from others and writes for them
 * @param fingerprint keyed with the programme's secret, the same in every instance for ever
 * @param meters where it counts
 */
public record AggregatePorts(AvroSerdes serdes, Fingerprint fingerprint, MeterRegistry meters) {
  /** The same with Fovea's own serdes. */
  public AggregatePorts(SchemaRegistry registry, Fingerprint fingerprint, MeterRegistry meters) {
    this(AvroSerdes.own(registry), fingerprint, meters);
  }
}

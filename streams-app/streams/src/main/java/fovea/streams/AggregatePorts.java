package fovea.streams;

import fovea.core.aggregate.Fingerprint;
import fovea.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What aggregate needs of the world.
 *
 * @param registry where schemas are
 * @param fingerprint keyed with the programme's secret, the same in every instance for ever
 * @param meters where it counts
 */
public record AggregatePorts(
    SchemaRegistry registry, Fingerprint fingerprint, MeterRegistry meters) {}

package fovea.streams;

import fovea.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What score needs of the world.
 *
 * @param registry where schemas are
 * @param models the models that serve now
 * @param meters where it counts
 */
public record ScorePorts(SchemaRegistry registry, ServedModels models, MeterRegistry meters) {}

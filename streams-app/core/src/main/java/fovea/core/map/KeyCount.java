package fovea.core.map;

import fovea.core.aggregate.AggregateKey;
import java.time.Instant;

/**
 * One aggregate that exists.
 *
 * @param key its identity
 * @param n images in it
 * @param asOf Kafka timestamp of its newest record
 */
public record KeyCount(AggregateKey key, long n, Instant asOf) {}

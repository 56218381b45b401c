package fovea.streams;

import org.jspecify.annotations.Nullable;

/**
 * A record of the images topic as it came.
 *
 * @param topic its topic
 * @param timestamp Kafka's, in ms
 * @param value the bytes, for reading only; null where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // For reading only, and never compared.
record ImageRecord(String topic, long timestamp, byte @Nullable [] value) {}

package fovea.query.read;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one read model is.
 *
 * @param topic what it reads
 * @param caughtUp whether everything that was there at the start has been applied
 * @param lag committed records not yet applied, as last asked
 * @param asOf Kafka timestamp of the newest applied record
 * @param badRecords records that could not be read, and were left out
 * @param trouble why it makes no progress; empty where nothing is wrong
 */
public record Standing(
    String topic,
    boolean caughtUp,
    long lag,
    Optional<Instant> asOf,
    long badRecords,
    Optional<String> trouble) {}

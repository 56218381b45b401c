package fovea.streams.aggregate;

import fovea.schema.Removal;
import fovea.streams.application.RocksDbMemory;
import fovea.wire.TopicPolicy;
import fovea.wire.Topics;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when something that was removed can still be found where it lay, as the topics are
 * configured. Immutable.
 *
 * <p>Kafka removes nothing at once: it compacts a log within {@code max.compaction.lag.ms} and
 * keeps the tombstone, which holds the key, for {@code delete.retention.ms} more; it deletes whole
 * segments, so that a record outlives its retention by the {@code segment.ms} it shares with
 * younger ones. All three are {@code retention.erased}. The dates hold where brokers keep up with
 * their cleaning.
 *
 * @param topics names of topics
 * @param policy how they are configured
 */
record Places(Topics topics, TopicPolicy policy) {

  /** A compacted topic or changelog in which {@code records} were overwritten or deleted. */
  Removal compacted(String place, long records, Instant at, String note) {
    return removal(place, records, at.plus(policy.erasureLag().multipliedBy(2)), note);
  }

  /** An internal topic that is purged after each commit. */
  Removal purged(String place, Instant at) {
    return removal(
        place,
        0,
        at.plus(policy.erasureLag().multipliedBy(2)),
        "purged after each commit; the file stays until its segment is rolled and deleted");
  }

  /** A topic of which only time removes. */
  Removal images(String place, Instant newest, String note) {
    return removal(place, 0, newest.plus(policy.imageRetention()).plus(policy.erasureLag()), note);
  }

  /** The outcomes that producers sent. */
  Removal outcomes(Instant at) {
    return removal(
        topics.outcomes(),
        0,
        at.plus(policy.explanationRetention()).plus(policy.erasureLag()),
        "the producers' own records; only their retention removes them");
  }

  /** The files of local stores. */
  static Removal files(Instant at) {
    return removal(
        "RocksDB",
        0,
        at.plus(RocksDbMemory.REWRITTEN_AFTER.multipliedBy(2)),
        "deleted entries lie in files that are rewritten at this age, while there are writes");
  }

  /** What stays as it is, for ever. */
  static Removal kept(String place, String note) {
    return removal(place, 0, null, note);
  }

  static Removal removal(String place, long records, @Nullable Instant until, String note) {
    return new Removal(place, records, until, note);
  }
}

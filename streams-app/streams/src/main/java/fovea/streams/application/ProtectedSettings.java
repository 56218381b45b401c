package fovea.streams.application;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Kafka settings that Fovea's guarantees rest on, and that a user may not change. */
final class ProtectedSettings {
  private static final List<String> CLIENTS =
      List.of(
          "main.consumer.",
          "restore.consumer.",
          "global.consumer.",
          "consumer.",
          "producer.",
          "admin.");

  private static final Set<String> NAMES =
      Set.of(
          // Exactly once, and read committed.
          "processing.guarantee",
          "isolation.level",
          "enable.auto.commit",
          "auto.offset.reset",
          "acks",
          "enable.idempotence",
          "transactional.id",
          // A bad record is data; whatever else fails stops the application.
          "default.deserialization.exception.handler",
          "deserialization.exception.handler",
          "default.production.exception.handler",
          "production.exception.handler",
          "processing.exception.handler",
          "processing.exception.handler.global.enabled",
          "errors.dead.letter.queue.topic.name",
          // What stores, changelogs and repartition topics are.
          "rocksdb.config.setter",
          RocksDbMemory.KEY,
          "ensure.explicit.internal.resource.naming",
          "default.timestamp.extractor",
          "processor.wrapper.class",
          "topology.optimization",
          "topic.cleanup.policy",
          "topic.compression.type",
          // Bytes on the wire.
          "key.serializer",
          "value.serializer",
          "key.deserializer",
          "value.deserializer",
          // Each has its own place among Fovea's settings.
          "application.id",
          "group.id",
          "bootstrap.servers",
          "state.dir",
          "num.stream.threads",
          "commit.interval.ms",
          "statestore.cache.max.bytes",
          "cache.max.bytes.buffering",
          "replication.factor",
          "buffered.records.per.partition");

  private ProtectedSettings() {}

  /**
   * Refuses the first protected one by its name.
   *
   * @throws IllegalArgumentException naming it
   */
  static void check(Map<String, String> settings) {
    for (String name : settings.keySet()) {
      if (NAMES.contains(name) || NAMES.contains(bare(name))) {
        throw new IllegalArgumentException(
            "the Kafka setting '" + name + "' is Fovea's own and cannot be given");
      }
    }
  }

  private static String bare(String name) {
    return CLIENTS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(client -> name.substring(client.length()))
        .orElse(name);
  }
}

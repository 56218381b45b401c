package fovea.wire;

import fovea.schema.Alarm;
import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.ModelEvent;
import fovea.schema.Outcome;
import fovea.schema.ScreeningImage;
import fovea.schema.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * All topics that join Fovea's applications, with partitions and settings. Internal topics
 * (repartition and changelog) are not here: their application makes them. Immutable.
 *
 * <p>Compacted topics with content of persons force compaction within the policy's {@code
 * erasureLag}, because an overwritten or erased record lies in the log until then; segments are no
 * older than that, because a record stays as long as the youngest beside it.
 */
public final class TopicCatalogue {
  private static final String FOREVER = "-1";
  private static final int ENVELOPE_BYTES = 1 << 20;

  private final Topics topics;
  private final TopicPolicy policy;

  public TopicCatalogue(Topics topics, TopicPolicy policy) {
    this.topics = topics;
    this.policy = policy;
  }

  /** Every topic, in the order of the flow. */
  public List<TopicSpec> all() {
    return List.of(
        spec(topics.images(), kept(policy.imageRetention()), ScreeningImage.SCHEMA$, "subjectId"),
        spec(
            topics.explanations(),
            personal("compact,delete", policy.explanationRetention()),
            Explanation.SCHEMA$,
            "subjectId|imageId|model|version, partitioned by subjectId"),
        spec(topics.outcomes(), kept(policy.explanationRetention()), Outcome.SCHEMA$, "subjectId"),
        spec(topics.erasures(), keptForever(), Erasure.SCHEMA$, "subjectId"),
        spec(
            topics.globalExplanations(),
            personal("compact"),
            GlobalExplanation.SCHEMA$,
            "the aggregate key"),
        spec(
            topics.validations(),
            personal("compact"),
            Validation.SCHEMA$,
            "the aggregate key without pane"),
        spec(
            topics.alarms(),
            keptForever(),
            Alarm.SCHEMA$,
            "model|version|variant|label|site|channel"),
        spec(
            topics.deadLetters(),
            withRoomForTheOriginal(kept(policy.imageRetention())),
            DeadLetter.SCHEMA$,
            "the source record's"),
        spec(
            topics.models(),
            Map.of("cleanup.policy", "compact"),
            ModelEvent.SCHEMA$,
            "model|version"),
        spec(topics.certificates(), keptForever(), Certificate.SCHEMA$, "subjectId"));
  }

  /**
   * Registers every topic's schema under BACKWARD_TRANSITIVE, so that an incompatible one is seen
   * at start-up and not at the first record.
   *
   * @throws RegistryException if a registry refuses one
   */
  public void register(SchemaRegistry registry) throws IOException {
    for (TopicSpec topic : all()) {
      SubjectPolicy.register(registry, topic.subject(), PortableSchema.of(topic.record()));
    }
  }

  private TopicSpec spec(String name, Map<String, String> own, Schema record, String key) {
    Map<String, String> configs = new HashMap<>(own);
    configs.putIfAbsent("max.message.bytes", Integer.toString(policy.maxMessageBytes()));
    // The producer's choice stays: recompressing images would cost the broker, and gains nothing.
    configs.put("compression.type", "producer");
    configs.put("message.timestamp.type", "CreateTime");
    return new TopicSpec(name, policy.partitions(), configs, record, key);
  }

  /** A dead letter carries the greatest record there is, and its own envelope. */
  private Map<String, String> withRoomForTheOriginal(Map<String, String> configs) {
    Map<String, String> larger = new HashMap<>(configs);
    larger.put("max.message.bytes", Integer.toString(policy.maxMessageBytes() + ENVELOPE_BYTES));
    return larger;
  }

  private static Map<String, String> keptForever() {
    return Map.of("cleanup.policy", "delete", "retention.ms", FOREVER, "retention.bytes", FOREVER);
  }

  private Map<String, String> kept(Duration retention) {
    return Map.of(
        "cleanup.policy",
        "delete",
        "retention.ms",
        millis(retention),
        "segment.ms",
        millis(policy.erasureLag()));
  }

  private Map<String, String> personal(String cleanup, Duration retention) {
    Map<String, String> configs = new HashMap<>(personal(cleanup));
    configs.put("retention.ms", millis(retention));
    return configs;
  }

  private Map<String, String> personal(String cleanup) {
    return Map.of(
        "cleanup.policy",
        cleanup,
        "max.compaction.lag.ms",
        millis(policy.erasureLag()),
        "delete.retention.ms",
        millis(policy.erasureLag()),
        "segment.ms",
        millis(policy.erasureLag()),
        "min.cleanable.dirty.ratio",
        "0.1");
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}

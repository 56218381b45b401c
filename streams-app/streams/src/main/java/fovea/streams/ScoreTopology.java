package fovea.streams;

import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.wire.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;

/**
 * (images) ─▶ [score] ─▶ (explanations), and (dead-letters).
 *
 * <p>Explanations lie in the partition of their subject, whatever partition the image came from.
 */
public final class ScoreTopology {
  static final String EXPLANATIONS = "explanations";
  static final String DEAD_LETTERS = "dead-letters";

  private static final String IMAGES = "images";

  private final Topics topics;
  private final ScorePolicy policy;
  private final ScorePorts ports;

  public ScoreTopology(Topics topics, ScorePolicy policy, ScorePorts ports) {
    this.topics = topics;
    this.policy = policy;
    this.ports = ports;
  }

  /** The topology, new with each call. */
  public Topology topology() {
    return new Topology()
        .addSource(
            IMAGES, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.images())
        .addProcessor(Score.NAME, new Score(policy, ports), IMAGES)
        .addSink(
            EXPLANATIONS,
            topics.explanations(),
            new StringSerializer(),
            ports.serdes().of(Explanation.class).serializer(),
            new BySubject(),
            Score.NAME)
        .addSink(
            DEAD_LETTERS,
            topics.deadLetters(),
            new ByteArraySerializer(),
            ports.serdes().of(DeadLetter.class).serializer(),
            Score.NAME);
  }
}

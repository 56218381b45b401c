package fovea.streams;

import fovea.core.image.ImageDecoder;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.ScreeningImage;
import fovea.wire.Topics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
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
  private final LookAhead ahead;

  public ScoreTopology(Topics topics, ScorePolicy policy, ScorePorts ports) {
    this.topics = topics;
    this.policy = policy;
    this.ports = ports;
    this.ahead = new LookAhead(policy.lookAhead(), scorers(policy, ports), ports.meters());
  }

  private static Scorers scorers(ScorePolicy policy, ScorePorts ports) {
    ImageDecoder decoder = new ImageDecoder(policy.limits());
    return new Scorers(
        ports.models(),
        () ->
            new RecordScorer(
                new ImageReader(ports.serdes().of(ScreeningImage.class).deserializer(), decoder),
                policy.timeout(),
                policy.sample()));
  }

  /** What the application's settings need beside the usual, for images to be begun early. */
  public Map<String, Object> settings() {
    return Map.of(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        LookAheadInterceptor.class.getName(),
        StreamsConfig.mainConsumerPrefix(LookAheadInterceptor.KEY),
        ahead);
  }

  /** The topology, new with each call. */
  public Topology topology() {
    return new Topology()
        .addSource(
            IMAGES, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.images())
        .addProcessor(Score.NAME, new Score(policy, ports, ahead), IMAGES)
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

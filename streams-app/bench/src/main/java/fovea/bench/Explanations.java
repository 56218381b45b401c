package fovea.bench;

import fovea.app.ingest.Connection;
import fovea.core.aggregate.KeyText;
import fovea.schema.Alignment;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.Timings;
import fovea.wire.AvroSerde;
import fovea.wire.Keys;
import fovea.wire.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Explanations as score would write them, of images that never were: on a 14×14 grid, from five
 * sites, of one day, so 30 keys of moments for each label. Seeded.
 */
final class Explanations implements AutoCloseable {
  private static final int SITES = 5;
  private static final int SIDE = 14;
  private static final Instant DAY = Instant.parse("2026-01-05T12:00:00Z");

  private final Random random = new Random(1);
  private final String topic;
  private final int partitions;
  private final int labelCount;
  private final KafkaProducer<String, Explanation> producer;
  private int written;

  Explanations(Connection connection, SchemaRegistry registry, int partitions, int labels) {
    this.topic = connection.topics().explanations();
    this.partitions = partitions;
    this.labelCount = labels;
    this.producer =
        new KafkaProducer<>(
            connection.client(
                Map.of(
                    "acks", "all",
                    "enable.idempotence", "true",
                    "max.in.flight.requests.per.connection", "1",
                    "linger.ms", "5",
                    "batch.size", "262144",
                    "compression.type", "zstd")),
            new StringSerializer(),
            new AvroSerde<>(Explanation.class, registry).serializer());
  }

  /** Writes {@code count} more, each of a new image; returns when they are acknowledged. */
  void write(int count) {
    for (int i = 0; i < count; i++) {
      Explanation e = next();
      int partition = Keys.partition(e.getSubjectId(), partitions);
      String key =
          KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
      var _ = producer.send(new ProducerRecord<>(topic, partition, key, e));
    }
    producer.flush();
  }

  private Explanation next() {
    int number = written++;
    List<LabelExplanation> labels = new ArrayList<>();
    for (int l = 0; l < labelCount; l++) {
      labels.add(label(l));
    }
    return Explanation.newBuilder()
        .setSubjectId("s" + number / 2)
        .setImageId("i" + number)
        .setSite("site-" + number % SITES)
        .setModality("OP")
        .setAcquiredAt(DAY)
        .setIngestedAt(DAY)
        .setPayloadSha256("%064x".formatted(number))
        .setImageWidth(224)
        .setImageHeight(224)
        .setModel("bench")
        .setModelVersion("1")
        .setModelSha256("0".repeat(64))
        .setPrecision("fp32")
        .setExplainer("class-evidence")
        .setExplainerHash("0".repeat(16))
        .setEngine("none")
        .setProvider("none")
        .setLink("sigmoid")
        .setOffset(Collections.nCopies(labelCount, 0f))
        .setLabels(labels)
        .setGridHeight(SIDE)
        .setGridWidth(SIDE)
        .setScaleExponent(-8)
        .setFrame("OP.any.any.14x14")
        .setAlignment(new Alignment("ALIGNED", "NONE", null))
        .setTimings(new Timings(0, 0, 0, 0))
        .build();
  }

  private LabelExplanation label(int number) {
    ByteBuffer evidence = ByteBuffer.allocate(Short.BYTES * SIDE * SIDE);
    while (evidence.hasRemaining()) {
      evidence.putShort((short) (random.nextGaussian() * 800));
    }
    return LabelExplanation.newBuilder()
        .setQuality(List.of())
        .setLabel("label-" + number)
        .setLogit(0f)
        .setProbability(0.5f)
        .setDecision(random.nextBoolean())
        .setThreshold(0.5f)
        .setEvidence(evidence.flip())
        .build();
  }

  @Override
  public void close() {
    producer.close();
  }
}

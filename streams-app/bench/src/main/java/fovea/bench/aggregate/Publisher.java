package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import fovea.core.aggregate.KeyText;
import fovea.schema.Explanation;
import fovea.wire.AvroSerde;
import fovea.wire.Keys;
import fovea.wire.SchemaRegistry;
import fovea.wire.TopicPolicy;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes explanations in transactions, as score does: what is held is on the broker, but no
 * application sees it before {@link #release()}.
 */
final class Publisher implements AutoCloseable {
  private final String topic;
  private final KafkaProducer<String, Explanation> producer;

  Publisher(Connection connection, SchemaRegistry registry) {
    this.topic = connection.topics().explanations();
    this.producer =
        new KafkaProducer<>(
            connection.client(
                Map.of(
                    "transactional.id", connection.topics().prefix() + "-publisher",
                    "transaction.timeout.ms", "300000",
                    "linger.ms", "100",
                    "batch.size", "262144",
                    "compression.type", "zstd")),
            new StringSerializer(),
            new AvroSerde<>(Explanation.class, registry).serializer());
    producer.initTransactions();
  }

  /** Writes {@code images} explanations of a new transaction. */
  void hold(ExplanationSource source, int images) {
    producer.beginTransaction();
    for (int i = 0; i < images; i++) {
      Explanation e = source.next();
      int partition = Keys.partition(e.getSubjectId(), TopicPolicy.DEFAULT_PARTITIONS);
      String key =
          KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
      var _ = producer.send(new ProducerRecord<>(topic, partition, key, e));
    }
    producer.flush();
  }

  /** Commits the transaction: all of it can be read from now on. */
  void release() {
    producer.commitTransaction();
  }

  @Override
  public void close() {
    producer.close();
  }
}

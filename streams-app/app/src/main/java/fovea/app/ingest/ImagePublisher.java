package fovea.app.ingest;

import fovea.schema.ScreeningImage;
import fovea.wire.Topics;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes images to the images topic, keyed by subject. Idempotent, all acknowledged. */
public final class ImagePublisher implements AutoCloseable {
  /** Greatest record: image and envelope. The topics are made for it. */
  public static final int MAX_RECORD_BYTES = 8 << 20;

  private final Topics topics;
  private final KafkaProducer<String, ScreeningImage> producer;

  public ImagePublisher(Connection connection, Serializer<ScreeningImage> serializer) {
    this.topics = connection.topics();
    this.producer =
        new KafkaProducer<>(
            connection.client(
                Map.of(
                    "acks", "all",
                    "enable.idempotence", "true",
                    "linger.ms", "5",
                    "batch.size", "1048576",
                    "buffer.memory", "67108864",
                    "max.request.size", String.valueOf(MAX_RECORD_BYTES))),
            new StringSerializer(),
            serializer);
  }

  /** Publishes one image; {@code callback} learns where it went. */
  public Future<RecordMetadata> publish(ScreeningImage image, Callback callback) {
    return producer.send(
        new ProducerRecord<>(topics.images(), image.getSubjectId(), image), callback);
  }

  /** Returns when everything published so far is acknowledged. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}

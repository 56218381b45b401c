package fovea.app.erase;

import fovea.app.ingest.Connection;
import fovea.schema.Certificate;
import fovea.schema.Erasure;
import fovea.wire.AvroSerde;
import fovea.wire.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes an erasure and, where it is asked to, waits for the certificates of every stage, which
 * it reads committed. Thread-confined.
 */
public final class Erase {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Connection connection;
  private final AvroSerde<Erasure> erasures;
  private final AvroSerde<Certificate> certificates;

  /**
   * What came of an erasure.
   *
   * @param certificates in the order in which they came
   * @param missing stages that have not answered in full
   */
  public record Result(List<Certificate> certificates, List<String> missing) {
    public Result {
      certificates = List.copyOf(certificates);
      missing = List.copyOf(missing);
    }
  }

  public Erase(Connection connection, SchemaRegistry registry) {
    this.connection = connection;
    this.erasures = new AvroSerde<>(Erasure.class, registry);
    this.certificates = new AvroSerde<>(Certificate.class, registry);
  }

  /**
   * Returns when the brokers have the request.
   *
   * @throws KafkaException if they do not take it
   */
  public void publish(Erasure erasure) throws InterruptedException {
    Map<String, Object> settings =
        connection.client(Map.of("acks", "all", "enable.idempotence", "true"));
    try (KafkaProducer<String, Erasure> producer =
        new KafkaProducer<>(settings, new StringSerializer(), erasures.serializer())) {
      String topic = connection.topics().erasures();
      producer.send(new ProducerRecord<>(topic, erasure.getSubjectId(), erasure)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("the request was not taken", e.getCause());
    }
  }

  /**
   * Publishes the request and waits for all certificates, at most {@code patience}.
   *
   * @throws KafkaException if the brokers do not take the request
   */
  public Result publishAndWait(Erasure erasure, Duration patience) throws InterruptedException {
    Answers answers = new Answers();
    try (KafkaConsumer<byte[], byte[]> reader = connection.reader()) {
      String topic = connection.topics().certificates();
      List<TopicPartition> partitions = Connection.partitions(reader, topic);
      reader.assign(partitions);
      reader.seekToEnd(partitions);
      partitions.forEach(reader::position);
      publish(erasure);
      long end = System.nanoTime() + patience.toNanos();
      while (!answers.missing().isEmpty() && System.nanoTime() < end) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(STEP)) {
          Certificate one = certificates.deserializer().deserialize(topic, record.value());
          if (erasure.getRequestId().equals(one.getRequestId())) {
            answers.add(one);
          }
        }
      }
    }
    return new Result(answers.certificates(), answers.missing());
  }
}

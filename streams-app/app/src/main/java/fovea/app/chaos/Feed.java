package fovea.app.chaos;

import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.schema.Erasure;
import fovea.schema.Outcome;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the inputs in their order, each with a Kafka timestamp of its own: what came of an
 * input carries it, and so tells which one it was. Outcomes and erasures go with them. Idempotent;
 * thread-confined.
 */
final class Feed implements AutoCloseable {
  private final Inputs inputs;
  private final Topics topics;
  private final HttpSchemaRegistry registry;
  private final KafkaProducer<String, ScreeningImage> producer;
  private final KafkaProducer<String, Outcome> outcomes;
  private final KafkaProducer<String, Erasure> erasures;
  private final AtomicReference<Optional<Exception>> refused =
      new AtomicReference<>(Optional.empty());
  private int published;

  Feed(Inputs inputs, Connection connection) {
    this.inputs = inputs;
    this.topics = connection.topics();
    this.registry = Registries.of(connection);
    this.producer = producer(ScreeningImage.class, connection);
    this.outcomes = producer(Outcome.class, connection);
    this.erasures = producer(Erasure.class, connection);
  }

  private <T extends SpecificRecord> KafkaProducer<String, T> producer(
      Class<T> type, Connection connection) {
    return new KafkaProducer<>(
        connection.client(
            Map.of(
                "acks", "all",
                "enable.idempotence", "true",
                // Retried batches in flight beside each other would take turns to fail.
                "max.in.flight.requests.per.connection", "1",
                "batch.size", "262144",
                "linger.ms", "5",
                "reconnect.backoff.max.ms", "500",
                "delivery.timeout.ms", "180000")),
        new StringSerializer(),
        new AvroSerde<>(type, registry).serializer());
  }

  /** Sends the next {@code count}; they arrive by and by. */
  void publish(int count) {
    for (int i = 0; i < count; i++) {
      ScreeningImage image = inputs.image(published);
      send(producer, topics.images(), image.getSubjectId(), image);
      inputs
          .outcome(published)
          .ifPresent(o -> send(outcomes, topics.outcomes(), o.getSubjectId(), o));
      inputs
          .erasure(published)
          .ifPresent(x -> send(erasures, topics.erasures(), x.getSubjectId(), x));
      published++;
    }
  }

  private <T> void send(KafkaProducer<String, T> to, String topic, String subject, T value) {
    long at = inputs.at(published).toEpochMilli();
    var _ =
        to.send(
            new ProducerRecord<>(topic, null, at, subject, value),
            (where, failure) -> note(failure));
  }

  private void note(@Nullable Exception failure) {
    if (failure != null) {
      refused.set(Optional.of(failure));
    }
  }

  /** How many images were sent since the start. */
  int published() {
    return published;
  }

  /** Waits until all have arrived. */
  void flush() {
    producer.flush();
    outcomes.flush();
    erasures.flush();
    refused
        .get()
        .ifPresent(
            failure -> {
              throw new KafkaException(
                  "the broker did not take a record: " + failure.getMessage(), failure);
            });
  }

  @Override
  public void close() {
    producer.close();
    outcomes.close();
    erasures.close();
    registry.close();
  }
}

package fovea.app.wiring;

import fovea.app.ingest.Connection;
import fovea.core.aggregate.KeyText;
import fovea.core.inference.EngineReport;
import fovea.modelstore.ManifestJson;
import fovea.schema.ModelEvent;
import fovea.streams.ServedModel;
import fovea.wire.AvroSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells the models topic which versions this instance serves. */
final class Announcement {
  private final Connection connection;
  private final AvroSerdes serdes;

  Announcement(Connection connection, AvroSerdes serdes) {
    this.connection = connection;
    this.serdes = serdes;
  }

  void serving(List<ServedModel> models, Instant now) throws InterruptedException {
    try (KafkaProducer<String, ModelEvent> producer =
        new KafkaProducer<>(
            connection.client(Map.of("acks", "all")),
            new StringSerializer(),
            serdes.of(ModelEvent.class).serializer())) {
      for (ServedModel model : models) {
        producer
            .send(
                new ProducerRecord<>(
                    connection.topics().models(),
                    KeyText.join(model.version().id(), model.version().version()),
                    event(model, now)))
            .get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("the models topic did not take the announcement", e.getCause());
    }
  }

  private static ModelEvent event(ServedModel model, Instant now) {
    EngineReport engine = model.classifier().engine();
    return ModelEvent.newBuilder()
        .setModel(model.version().id())
        .setModelVersion(model.version().version())
        .setVariant(model.version().variant())
        .setModelSha256(model.sha256())
        .setStatus("SERVING")
        .setReason(null)
        .setEngine(engine.engine())
        .setProvider(engine.provider())
        .setLabels(model.manifest().labels())
        .setPositive(model.manifest().positive())
        .setManifest(new String(ManifestJson.write(model.manifest()), StandardCharsets.UTF_8))
        .setAt(now)
        .build();
  }
}

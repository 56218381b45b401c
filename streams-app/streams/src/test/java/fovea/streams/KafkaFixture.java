package fovea.streams;

import fovea.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker of a test's own: the embedded one, or whatever else speaks Kafka. */
interface KafkaFixture extends AutoCloseable {
  String bootstrapServers();

  @Override
  void close();

  /** The broker that Fovea embeds, with its data in this folder. */
  static KafkaFixture inProcess(Path folder) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, 0, 0);
    return new KafkaFixture() {
      @Override
      public String bootstrapServers() {
        return broker.bootstrapServers();
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }
}

package fovea.app.chaos;

import fovea.app.wiring.UnsafeApplications;
import fovea.embedded.EndWithParent;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** The topologies with Kafka's weaker guarantee. */
final class AtLeastOnceProcess {
  private AtLeastOnceProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EndWithParent.watch();
    new UnsafeApplications(
            args,
            Map.of(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.AT_LEAST_ONCE,
                // As seldom as Kafka's own default for it would be, on the scale of this test.
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                "3000"),
            new DefaultKafkaClientSupplier())
        .run();
  }
}

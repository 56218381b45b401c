package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.ingest.Connection;
import fovea.core.phantom.Lesion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serde.specific.avro}: a serde of another's class reads and writes all that is shared. */
class NamedSerdeIT {
  private static final int IMAGES = 8;
  private static final String SETTING = "serde.specific.avro";

  @TempDir private Path folder;

  @Test
  void everyRecordBetweenApplicationsGoesThroughIt() throws Exception {
    PhantomFolder.write(folder.resolve("phantom"), IMAGES);
    try (RunningFovea fovea =
        RunningFovea.start(folder.resolve("data"), Map.of(SETTING, SealedSerde.class.getName()))) {
      CliResult ingest =
          fovea.cli(
              "ingest",
              folder.resolve("phantom").toString(),
              "--labels",
              folder.resolve("phantom/labels.csv").toString(),
              "--config",
              config(fovea.connection()).toString(),
              "--site",
              "north",
              "--modality",
              "OP",
              "--wait",
              "--json");

      assertThat(ingest.code()).as(ingest.err()).isZero();
      assertThat(ingest.json().path("explained").asInt()).isEqualTo(IMAGES);
      fovea.mapOnceItHolds(Lesion.MACULAR_LESION.label(), "ALL", IMAGES);
      for (String topic :
          List.of(
              fovea.topics().images(),
              fovea.topics().explanations(),
              fovea.topics().globalExplanations(),
              fovea.topics().models())) {
        assertThat(fovea.committed(topic))
            .isNotEmpty()
            .extracting(ConsumerRecord::value)
            .allMatch(value -> value[0] == SealedSerde.SEAL, topic);
      }
    }
  }

  @Test
  void aClassThatIsNotThereEndsTheStartWithItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("fovea.yaml"), SETTING + ": io.nowhere.Serde\n");

    CliResult run = CliResult.run("run", "--config", file.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(SETTING, "io.nowhere.Serde", "class path");
  }

  private Path config(Connection connection) throws IOException {
    return Files.writeString(
        folder.resolve("fovea.yaml"),
        """
        kafka.bootstrap.servers: %s
        registry.url: %s
        %s: %s
        """
            .formatted(
                connection.bootstrapServers(),
                connection.registry().getFirst(),
                SETTING,
                SealedSerde.class.getName()));
  }
}

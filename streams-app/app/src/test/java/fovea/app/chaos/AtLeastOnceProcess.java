package fovea.app.chaos;

import fovea.app.config.FoveaConfig;
import fovea.app.wiring.UnsafeApplications;
import fovea.embedded.EndWithParent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The topologies with Kafka's weaker guarantee. The first start in a directory also crashes at the
 * one moment that guarantee is weak at, what was scored written and its offsets not yet committed:
 * where else a kill falls is up to the machine.
 */
final class AtLeastOnceProcess {
  private static final int KILLED = 137;

  private AtLeastOnceProcess() {}

  public static void main(String[] args) throws InterruptedException {
    EndWithParent.watch();
    Path directory =
        FoveaConfig.of(UnsafeApplications.settings(args), Path.of(".")).state().directory();
    new UnsafeApplications(
            args,
            Map.of(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE),
            new CrashBeforeCommit(directory.resolve("crashed")))
        .run();
  }

  /** Ends the process, once, instead of committing the offsets of images. */
  private static final class CrashBeforeCommit extends MeddlingClients {
    private final Path mark;

    CrashBeforeCommit(Path mark) {
      this.mark = mark;
    }

    @Override
    void before(String method, @Nullable Object @Nullable [] arguments) {
      boolean images =
          method.equals("commitSync")
              && arguments != null
              && arguments.length > 0
              && arguments[0] instanceof Map<?, ?> offsets
              && offsets.entrySet().stream().anyMatch(CrashBeforeCommit::ofImages);
      if (images && Files.notExists(mark)) {
        crash();
      }
    }

    private static boolean ofImages(Map.Entry<?, ?> entry) {
      return entry.getKey() instanceof TopicPartition partition
          && partition.topic().endsWith("images")
          && entry.getValue() instanceof OffsetAndMetadata offset
          && offset.offset() > 0;
    }

    private void crash() {
      try {
        Files.createFile(mark);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().halt(KILLED);
    }
  }
}

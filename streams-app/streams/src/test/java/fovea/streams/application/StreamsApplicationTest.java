package fovea.streams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsApplicationTest {
  private final RocksDbMemory memory = new RocksDbMemory(16 << 20);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir Path directory;

  @AfterEach
  void release() {
    memory.close();
  }

  @Test
  void anApplicationThatIsNotStartedIsLiveAndNotReady() {
    try (StreamsApplication application =
        new StreamsApplication(topology(), properties(), meters)) {
      ApplicationHealth health = application.health();

      assertThat(health.application()).isEqualTo("fovea-score");
      assertThat(health.state()).isEqualTo("CREATED");
      assertThat(health.live()).isTrue();
      assertThat(health.started()).isFalse();
      assertThat(health.ready()).isFalse();
      assertThat(application.failure()).isEmpty();
    }
  }

  @Test
  void aClosedApplicationIsNotLive() {
    StreamsApplication application = new StreamsApplication(topology(), properties(), meters);

    application.close();

    assertThat(application.health().live()).isFalse();
    assertThat(application.health().failure()).isEmpty();
  }

  @Test
  void atLeastOnceIsRefused() {
    Properties properties = properties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);

    assertThatThrownBy(() -> new StreamsApplication(topology(), properties, meters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at_least_once");
  }

  private Properties properties() {
    return StreamsSettings.of("fovea-score", "127.0.0.1:1", directory).properties(memory);
  }

  private static Topology topology() {
    return new Topology()
        .addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
  }
}

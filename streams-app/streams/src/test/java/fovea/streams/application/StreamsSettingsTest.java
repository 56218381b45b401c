package fovea.streams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {
  private static final StreamsSettings BASE =
      StreamsSettings.of(
          StreamsSettings.applicationId("group", "score"), "host:9092", Path.of("state"));

  @Test
  void theGuaranteesAreAlwaysThere() {
    Map<String, Object> consumer = consumer(properties(with(Map.of())));

    StreamsConfig config = new StreamsConfig(properties(with(Map.of())));
    assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("group-score");
    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("exactly_once_v2");
    assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(1000);
    assertThat(config.getBoolean("ensure.explicit.internal.resource.naming")).isTrue();
    assertThat(config.deserializationExceptionHandler().getClass().getSimpleName())
        .isEqualTo("LogAndFailExceptionHandler");
    assertThat(config.processingExceptionHandler().getClass().getSimpleName())
        .isEqualTo("LogAndFailProcessingExceptionHandler");
    assertThat(consumer.get(ConsumerConfig.ISOLATION_LEVEL_CONFIG)).hasToString("read_committed");
    assertThat(consumer.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)).isEqualTo("earliest");
    assertThat(consumer.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)).isEqualTo("10000");
  }

  @Test
  void whatIsNotFoveasOwnPassesThrough() {
    Properties properties =
        properties(with(Map.of("security.protocol", "SSL", "consumer.session.timeout.ms", "6000")));

    assertThat(properties).containsEntry("security.protocol", "SSL");
    assertThat(consumer(properties).get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG))
        .isEqualTo("6000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "processing.guarantee",
        "isolation.level",
        "consumer.isolation.level",
        "main.consumer.isolation.level",
        "producer.acks",
        "producer.enable.idempotence",
        "deserialization.exception.handler",
        "production.exception.handler",
        "processing.exception.handler",
        "rocksdb.config.setter",
        "topic.cleanup.policy",
        "application.id",
        "num.stream.threads"
      })
  void whatTheGuaranteesRestOnIsRefusedByName(String name) {
    assertThatThrownBy(() -> with(Map.of(name, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void aCommitIntervalThatATransactionWouldNotSurviveIsRefused() {
    assertThatThrownBy(() -> with(Duration.ofSeconds(6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT6S");
    assertThat(with(Duration.ofMillis(100)).commitInterval()).hasMillis(100);
  }

  private static Properties properties(StreamsSettings settings) {
    try (RocksDbMemory memory = new RocksDbMemory(16 << 20)) {
      return settings.properties(memory);
    }
  }

  private static Map<String, Object> consumer(Properties properties) {
    return new StreamsConfig(properties).getMainConsumerConfigs("group-score", "client", 0);
  }

  private static StreamsSettings with(Map<String, String> extra) {
    return with(BASE.commitInterval(), extra);
  }

  private static StreamsSettings with(Duration commitInterval) {
    return with(commitInterval, Map.of());
  }

  private static StreamsSettings with(Duration commitInterval, Map<String, String> extra) {
    return new StreamsSettings(
        BASE.applicationId(),
        BASE.bootstrapServers(),
        BASE.stateDirectory(),
        BASE.threads(),
        commitInterval,
        BASE.cacheBytes(),
        BASE.bufferedRecords(),
        BASE.replicationFactor(),
        BASE.maxRequestBytes(),
        extra);
  }
}

package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fovea.app.cli.BrokenWorldException;
import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold of topics before anything starts on them. */
class TopicSetupTest {
  @TempDir private static Path directory;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(directory, 0, 0);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void whatItMakesIsAsItMustBe() {
    assertThatCode(
            () -> {
              prepare("made");
              prepare("made");
            })
        .doesNotThrowAnyException();
  }

  @Test
  void otherPartitionsOfExplanationsAreRefused() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic("parts.explanations", 3, (short) 1))).all().get();
    }

    assertThatThrownBy(() -> prepare("parts"))
        .isInstanceOf(BrokenWorldException.class)
        .hasMessageContaining("parts.explanations has 3 partitions, but topics.partitions is 4");
  }

  @ParameterizedTest
  @CsvSource({
    "size, images, max.message.bytes, 1000000, at least 8388608",
    "compact, images, cleanup.policy, compact, delete",
    "delete, global-explanations, cleanup.policy, delete, compact",
    "erased, erasures, cleanup.policy, compact, delete",
    "stamped, explanations, message.timestamp.type, LogAppendTime, CreateTime",
    "letters, dead-letters, max.message.bytes, 8388608, at least 9437184"
  })
  void wrongSettingsAreRefusedByNameAndValue(
      String prefix, String topic, String key, String value, String rule) throws Exception {
    prepare(prefix);
    change(prefix + "." + topic, key, value);

    assertThatThrownBy(() -> prepare(prefix))
        .isInstanceOf(BrokenWorldException.class)
        .hasMessageContaining(prefix + "." + topic + " has " + key + "=" + value)
        .hasMessageContaining("must have " + rule);
  }

  @Test
  void everyFaultIsNamedAtOnce() throws Exception {
    prepare("many");
    change("many.images", "cleanup.policy", "compact");
    change("many.outcomes", "message.timestamp.type", "LogAppendTime");

    assertThatThrownBy(() -> prepare("many"))
        .hasMessageContaining("many.images")
        .hasMessageContaining("many.outcomes");
  }

  private static void prepare(String prefix) throws InterruptedException {
    Settings settings = Settings.defaults().with("topics.prefix", prefix, "test");
    FoveaConfig config = FoveaConfig.of(settings, Path.of("."));
    new TopicSetup(config.topics()).prepare(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static void change(String topic, String key, String value)
      throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      AlterConfigOp change =
          new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
      await().until(() -> value(admin, resource, key), value::equals);
    }
  }

  private static String value(Admin admin, ConfigResource resource, String key)
      throws ExecutionException, InterruptedException {
    return admin.describeConfigs(List.of(resource)).all().get().values().stream()
        .flatMap(config -> config.entries().stream())
        .filter(entry -> entry.name().equals(key))
        .map(ConfigEntry::value)
        .findFirst()
        .orElse("");
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}

package fovea.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.inference.Precision;
import fovea.inference.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Path PROJECT = Path.of("project");

  @TempDir private Path folder;

  @Test
  void defaultsMakeATree() {
    FoveaConfig config = FoveaConfig.of(Settings.defaults(), PROJECT);

    assertThat(config.http()).isEqualTo(new FoveaConfig.Http("127.0.0.1", 8080));
    assertThat(config.state().commitInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.models().store()).isEqualTo(PROJECT.resolve("model-store/models"));
    assertThat(config.apps()).containsExactlyInAnyOrder(FoveaConfig.App.values());
    assertThat(config.score().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void everySettingCanBeSetInAFileAndByTheEnvironment() throws IOException {
    for (Setting setting : Catalogue.settings()) {
      Path file = Files.writeString(folder.resolve("one.yaml"), setting.key() + ": 'x'\n");

      Settings fromFile = Settings.defaults().withFile(file);
      Settings fromEnvironment = fromFile.withEnvironment(Map.of(setting.variable(), "y"));

      assertThat(fromFile.value(setting).text()).isEqualTo("x");
      assertThat(fromFile.value(setting).source()).isEqualTo("file " + file);
      assertThat(fromEnvironment.value(setting).text()).isEqualTo("y");
      assertThat(fromEnvironment.value(setting).source()).contains(setting.variable());
    }
  }

  @Test
  void nestedMapsAndListsAreFlattened() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("fovea.yaml"),
            """
            kafka:
              bootstrap:
                servers: [a:1, b:2]
              properties:
                security.protocol: SSL
            http.port: 9000
            """);

    FoveaConfig config = FoveaConfig.of(Settings.defaults().withFile(file), PROJECT);

    assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(config.kafka().properties()).containsEntry("security.protocol", "SSL");
    assertThat(config.http().port()).isEqualTo(9000);
  }

  @Test
  void anUnknownSettingIsRefusedByName() {
    assertThatThrownBy(() -> Settings.defaults().with("kafka.bootstrap", "x", "option --set"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("kafka.bootstrap")
        .hasMessageContaining("option --set");
  }

  @Test
  void aBadValueIsRefusedWithItsSource() {
    Settings settings = Settings.defaults().with("commit.interval", "soon", "option --set");

    assertThatThrownBy(() -> FoveaConfig.of(settings, PROJECT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("commit.interval")
        .hasMessageContaining("'soon'")
        .hasMessageContaining("option --set");
  }

  @Test
  void theRecordCacheIsMadeForTheKeysUnlessItsSizeIsSaid() {
    Settings keys =
        Settings.defaults()
            .with("aggregate.keys", "100", "test")
            .with("aggregate.threads", "2", "t");

    assertThat(FoveaConfig.of(keys, PROJECT).aggregate().cacheBytes())
        .isEqualTo(100 * 2 * (13 << 10));
    assertThat(
            FoveaConfig.of(keys.with("aggregate.cache.bytes", "7", "test"), PROJECT)
                .aggregate()
                .cacheBytes())
        .isEqualTo(7);
  }

  @Test
  void anInstanceHasNoNameUnlessItIsGivenOne() {
    Settings named = Settings.defaults().with("instance.id", "site-a.1", "test");
    Settings wrong = Settings.defaults().with("instance.id", "a b", "test");

    assertThat(FoveaConfig.of(Settings.defaults(), PROJECT).kafka().instanceId()).isEmpty();
    assertThat(FoveaConfig.of(named, PROJECT).kafka().instanceId()).contains("site-a.1");
    assertThatThrownBy(() -> FoveaConfig.of(wrong, PROJECT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a b");
  }

  @Test
  void aFileThatIsNotYamlIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "a: [1\nb");

    assertThatThrownBy(() -> Settings.defaults().withFile(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bad.yaml");
  }

  @Test
  void enginesAreReadWithTheProvidersTheyFallBackTo() {
    FoveaConfig.Inference standard = inference(Map.of());
    FoveaConfig.Inference gpu =
        inference(
            Map.of(
                "inference.engine", "TensorRT",
                "inference.precision", "fp16",
                "inference.batch.max", "32",
                "inference.required", "true"));

    assertThat(standard.engines().engine()).isEqualTo("OnnxRuntime");
    assertThat(standard.engines().providers()).containsExactly(Provider.CPU);
    assertThat(gpu.engines().providers())
        .containsExactly(Provider.TENSORRT, Provider.CUDA, Provider.CPU);
    assertThat(gpu.engines().required()).isTrue();
    assertThat(gpu.engines().precision()).isEqualTo(Precision.FP16);
    assertThat(gpu.engines().gpu().batchMax()).isEqualTo(32);
    assertThat(gpu.workers()).isEqualTo(2);
  }

  @Test
  void enginesThatCannotBeAreRefusedByTheirSetting() {
    assertThatThrownBy(() -> inference(Map.of("inference.engine", "PyTorch")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("inference.engine");
    assertThatThrownBy(() -> inference(Map.of("inference.providers", "cpu,tpu")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'tpu'");
    assertThatThrownBy(() -> inference(Map.of("inference.precision", "fp16")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("needs tensorrt");
  }

  private static FoveaConfig.Inference inference(Map<String, String> values) {
    Settings settings = Settings.defaults();
    for (var entry : values.entrySet()) {
      settings = settings.with(entry.getKey(), entry.getValue(), "test");
    }
    return FoveaConfig.of(settings, PROJECT).score().inference();
  }
}

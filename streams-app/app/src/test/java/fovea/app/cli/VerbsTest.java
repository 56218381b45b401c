package fovea.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.app.CliResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every verb keeps: help, JSON, exit codes. */
class VerbsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "run",
        "chaos",
        "ingest",
        "erase",
        "map",
        "models",
        "config",
        "topics",
        "validate-card"
      })
  void everyVerbHasHelpJsonAndAModelStore(String verb) {
    CliResult help = CliResult.run(verb, "--help");

    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("Usage: fovea " + verb, "--json", "--model-store");
  }

  @Test
  void addingAModelHasHelpToo() {
    assertThat(CliResult.run("model", "add", "--help").out()).contains("--json", "--store");
    for (String verb : List.of("list", "show", "verify", "check", "remove", "sign")) {
      assertThat(CliResult.run("model", verb, "--help").out()).contains("--json", "--store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dance",
        "map",
        "ingest /nowhere --site S --modality OP",
        "run --port x",
        "erase --wait"
      })
  void wrongUseEndsWithTwo(String line) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ");

    assertThat(CliResult.run(args).code()).isEqualTo(2);
  }

  @Test
  void anUnknownSettingEndsWithTwoAndItsName() {
    CliResult result = CliResult.run("config", "--set", "kafka.bootstrap=x");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("kafka.bootstrap");
  }

  @Test
  void whereNoFoveaAnswersTheWorldIsBroken() {
    CliResult result = CliResult.run("map", "--label", "L", "--out", "m.png", "--port", "1");

    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "topics", "models"})
  void jsonIsOneDocumentOnStandardOutput(String verb) throws IOException {
    CliResult result = CliResult.run(verb, "--json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).size()).isPositive();
  }

  @Test
  void aSecretIsNotPrinted() throws IOException {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "privacy.hmac.key: a-very-secret-key\n");

    CliResult result = CliResult.run("config", "--config", file.toString());

    assertThat(result.out()).contains("privacy.hmac.key: ***").doesNotContain("a-very-secret");
  }

  @Test
  void aDamagedModelIsRefusedByName() throws IOException {
    Path version = Files.createDirectories(folder.resolve("store/broken/1"));
    Files.writeString(version.resolve("manifest.json"), "{}");

    CliResult result = CliResult.run("models", "--model-store", folder.resolve("store").toString());

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("broken/1", "REFUSED");
  }
}

package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void wrongUseExitsWithTwoAndSaysWhy(@TempDir Path store) throws IOException {
    assertThat(run("--out", store.resolve("a/1").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--phantom");

    assertThat(
            run("--data", store.toString(), "--phantom", "--out", store.resolve("a/1").toString()))
        .isEqualTo(2);
    assertThat(run("--data", store.toString(), "--out", store.resolve("a/1").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--subject");

    assertThat(run("--phantom", "--out", store.resolve("a/1").toString(), "--images", "3"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("at least 200");

    String fresh = store.resolve("a/1").toString();
    assertThat(run("--lesions", "--data", "x", "--subject", "s", "--out", fresh)).isEqualTo(2);
    assertThat(err.toString()).contains("--lesions goes with --phantom");

    Path taken = Files.createDirectories(store.resolve("a/1"));
    assertThat(run("--phantom", "--out", taken.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void helpNamesTheExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("Exit codes", "--seed", "--json");
  }

  private int run(String... arguments) {
    return Train.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}

package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on a Fovea that runs. */
class PageIT {
  private static final int IMAGES = 60;

  @TempDir private static Path folder;
  private static @Nullable RunningFovea started;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    assumeTrue(chromium().isPresent(), "Chromium is not installed: the page is not looked at");
    Path images = folder.resolve("phantom");
    PhantomFolder.write(images, IMAGES);
    started = RunningFovea.start(folder.resolve("data"));
    CliResult ingest =
        fovea()
            .cli(
                "ingest",
                images.toString(),
                "--labels",
                images.resolve("labels.csv").toString(),
                "--site",
                "<b>north</b>",
                "--modality",
                "OP",
                "--wait",
                "--json");
    assertThat(ingest.code()).as(ingest.err()).isZero();
    fovea().mapOnceItHolds("macular_lesion", "ALL", IMAGES);
  }

  private static RunningFovea fovea() {
    return Objects.requireNonNull(started);
  }

  @AfterAll
  static void stop() throws IOException {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void itShowsTheMapWithItsNumberOfImages() throws IOException, InterruptedException {
    String page = browse("--dump-dom", "page.html");

    assertThat(page).contains("macular_lesion");
    assertThat(page).containsPattern("\\b" + IMAGES + "\\b|\\b5\\d\\b");
    assertThat(page).as("text of a record is no markup").doesNotContain("<b>north</b>");
  }

  @Test
  void itShowsHowFarChanceGoesWhereFoldsAreKept() throws IOException, InterruptedException {
    String query = "?label=macular_lesion&basis=PREDICTED&layer=stderr";

    String page = browse("--dump-dom", "error.html", query);

    assertThat(page).contains("Split-half r = ").contains("Standard error of the average over");
    assertThat(browse("--dump-dom", "all.html", query.replace("PREDICTED", "ALL")))
        .as("no folds, no such picture")
        .contains("Average over")
        .doesNotContain("Standard error of the average over");
  }

  @Test
  void itIsAPictureAndNotAnEmptySheet() throws IOException, InterruptedException {
    Path file = folder.resolve("page.png");

    browse("--screenshot=" + file, "screenshot.log");

    BufferedImage picture = ImageIO.read(file.toFile());
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < picture.getHeight(); y += 3) {
      for (int x = 0; x < picture.getWidth(); x += 3) {
        colours.add(picture.getRGB(x, y));
      }
    }
    assertThat(colours).hasSizeGreaterThan(100);
  }

  private static String browse(String what, String out) throws IOException, InterruptedException {
    return browse(what, out, "");
  }

  private static String browse(String what, String out, String query)
      throws IOException, InterruptedException {
    Path output = folder.resolve(out);
    List<String> command =
        new ArrayList<>(
            List.of(
                chromium().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--window-size=1280,1400",
                "--virtual-time-budget=8000"));
    command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
    command.add(what);
    command.add(fovea().page().resolve("/" + query).toString());
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(browser.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static Optional<String> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            dir -> Stream.of(dir + "/chromium", dir + "/chromium-browser", dir + "/google-chrome"))
        .filter(name -> Files.isExecutable(Path.of(name)))
        .findFirst();
  }
}

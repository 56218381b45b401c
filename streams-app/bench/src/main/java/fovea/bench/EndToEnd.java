package fovea.bench;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * How much of a bare loop's speed is left when every image goes through Fovea: in by topic, scored,
 * explained, aggregated, out by topic, with broker, registry and read models in the same process.
 *
 * <p>Rounds of both are interleaved, the order turned round every time; ratios are medians over
 * rounds, so that a slow minute of the machine hits both.
 */
@CommandLine.Command(name = "end-to-end", mixinStandardHelpOptions = true)
public final class EndToEnd implements Runnable {
  @Option(names = "--images", required = true, description = "Folder of JPEG files.")
  private Path images = Path.of(".");

  @Option(names = "--model-store", required = true, description = "Folder of models.")
  private Path store = Path.of(".");

  @Option(names = "--model", required = true, description = "Model id.")
  private String model = "";

  @Option(names = "--warm-up", defaultValue = "10000", description = "Images before the rounds.")
  private int warmUp;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each.")
  private int rounds;

  @Option(names = "--round-images", defaultValue = "5190", description = "Images a round.")
  private int roundImages;

  @Option(names = "--threads", defaultValue = "2", description = "Threads of each.")
  private int threads;

  @Option(names = "--set", description = "KEY=VALUE of a setting.")
  private java.util.@Nullable Map<String, String> set;

  /** Prints a table for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EndToEnd()).execute(args));
  }

  @Override
  public void run() {
    try {
      measure();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() throws IOException, InterruptedException {
    List<Path> files = files();
    try (TemporaryFolder work = TemporaryFolder.create("fovea-bench");
        Served served = Served.load(store, model);
        EmbeddedServices services = EmbeddedServices.start(work.path(), 0);
        Instance instance = Instance.start(config(services, work.path()));
        FoveaPass fovea = new FoveaPass(instance, files)) {
      BareLoop bare = new BareLoop(files, served.stored().manifest(), served.classifier(), threads);
      System.out.printf("warm-up: %,d images through each%n", warmUp);
      for (int done = 0; done < warmUp; done += roundImages) {
        bare.pass(Math.min(roundImages, warmUp - done));
        fovea.pass(Math.min(roundImages, warmUp - done));
      }
      new Table().print(rounds(bare, fovea));
    }
  }

  private List<Table.Round> rounds(BareLoop bare, FoveaPass fovea) throws InterruptedException {
    List<Table.Round> out = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        Cost first = bare.pass(roundImages);
        out.add(new Table.Round(first, fovea.pass(roundImages)));
      } else {
        Cost first = fovea.pass(roundImages);
        out.add(new Table.Round(bare.pass(roundImages), first));
      }
    }
    return out;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(images)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches("(?i).*\\.jpe?g"))
          .sorted()
          .toList();
    }
  }

  private FoveaConfig config(EmbeddedServices services, Path directory) {
    Settings settings =
        Settings.defaults()
            .with("kafka.bootstrap.servers", services.bootstrapServers(), "bench")
            .with("registry.url", services.registryUrl().toString(), "bench")
            .with("models.store", store.toString(), "bench")
            .with("models.serve", model, "bench")
            .with("state.dir", directory.resolve("state").toString(), "bench")
            .with("score.threads", String.valueOf(threads), "bench")
            .with("http.port", "0", "bench");
    if (set != null) {
      for (var entry : set.entrySet()) {
        settings = settings.with(entry.getKey(), entry.getValue(), "--set");
      }
    }
    return FoveaConfig.of(settings, Path.of("."));
  }
}

package fovea.app.cli;

import fovea.app.config.FoveaConfig;
import fovea.app.config.Settings;
import fovea.app.wiring.EmbeddedServices;
import fovea.app.wiring.Instance;
import fovea.app.wiring.PhantomStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea demo}: everything in one process, on a synthetic stream from two sites. */
@Command(
    name = "demo",
    description = "Run everything in one process on a synthetic stream; needs no patient.")
final class DemoCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8080;
  private static final int PORTS = 4;
  private static final int SETTLING = 10;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private EmbeddedOptions embedded = new EmbeddedOptions();

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop after this long, e.g. PT60S.")
  private @Nullable Duration duration;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20",
      description = "Images a second (default: ${DEFAULT-VALUE}).")
  private int rate = 20;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the stream (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rate < 1 || rate > 10_000) {
      throw new WrongUseException("--rate must be 1..10000, but is " + rate);
    }
    int port = embedded.port == null ? freePort() : embedded.port;
    Settings settings =
        new ConfigOptions()
            .settings(surroundings, common)
            .with("http.port", String.valueOf(port), "demo")
            .with("models.serve", "fundus-phantom", "demo");
    Path directory = embedded.directory(Path.of("fovea-data/demo"));
    try (Lifetime lifetime = new Lifetime();
        EmbeddedServices services = EmbeddedServices.start(directory, port + 1)) {
      FoveaConfig config = embedded.config(settings, services, directory, surroundings);
      try (Instance instance = Instance.start(config);
          PhantomStream stream = PhantomStream.start(instance.connection(), seed, rate)) {
        return watch(instance, stream, lifetime);
      }
    }
  }

  private int watch(Instance instance, PhantomStream stream, Lifetime lifetime)
      throws InterruptedException {
    Terminal terminal = surroundings.terminal();
    terminal.note("\nOpen " + instance.facts().page() + "   (Ctrl-C ends the demo)\n");
    StatusLine status = new StatusLine(terminal, instance);
    Duration left = duration == null ? Duration.ofDays(36_500) : duration;
    while (left.isPositive() && !lifetime.stopped(StatusLine.INTERVAL)) {
      left = left.minus(StatusLine.INTERVAL);
      status.show();
      if (instance.failure().isPresent() || stream.failure().isPresent()) {
        throw new BrokenWorldException(
            "the demo stopped: " + instance.failure().or(stream::failure).orElseThrow());
      }
    }
    stream.close();
    Summary summary = settled(instance, stream.published());
    if (common.json) {
      terminal.json(summary);
    } else {
      terminal.result(summary.text());
    }
    return summary.deadLetters() == 0 ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  /** What is on the way gets a few seconds to arrive. */
  private static Summary settled(Instance instance, long published) throws InterruptedException {
    Summary before = Summary.of(instance, published);
    for (int wait = 0; wait < SETTLING; wait++) {
      Thread.sleep(StatusLine.INTERVAL);
      Summary now = Summary.of(instance, published);
      if (now.lag() == 0 && now.images() == before.images()) {
        return now;
      }
      before = now;
    }
    return before;
  }

  /** What the demo did, counted when it ended. */
  record Summary(long published, long images, long deadLetters, long lag, String page) {
    static Summary of(Instance instance, long published) throws InterruptedException {
      Instance.Progress p = instance.progress();
      return new Summary(published, p.images(), p.deadLetters(), p.lag(), instance.facts().page());
    }

    String text() {
      return "%,d images published now, %,d explained in all, %,d dead letters, %,d on the way"
          .formatted(published, images, deadLetters, lag);
    }
  }

  /** The first block of ports from the default on that nobody listens on. */
  private static int freePort() throws IOException {
    for (int port = DEFAULT_PORT; port < DEFAULT_PORT + 200; port += 10) {
      if (free(port)) {
        return port;
      }
    }
    throw new BrokenWorldException(
        "no free ports from " + DEFAULT_PORT + " on: name one by --port");
  }

  private static boolean free(int first) throws IOException {
    for (int port = first; port < first + PORTS; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        socket.setReuseAddress(true);
      } catch (java.net.BindException e) {
        return false;
      }
    }
    return true;
  }
}

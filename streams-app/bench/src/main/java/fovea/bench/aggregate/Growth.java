package fovea.bench.aggregate;

import fovea.bench.Spread;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Whether what an image costs in Fovea's aggregate stays the same as its states grow: first with
 * more keys alive, then with more contributions kept.
 *
 * <p>Keys: rounds of equally many images that go round fewer or more sites and days, interleaved,
 * in one warm process whose record cache is made for all of them. An image changes the same nine
 * moments whatever there is; with many keys alive no two images of one commit share a key, so that
 * each is written once an image and not once a commit.
 *
 * <p>Contributions: one process is filled through its input topic like any other work, up to each
 * mark; another is given the measured rounds only, in turn with the first, so that a slow minute of
 * the machine is seen for what it is.
 */
@CommandLine.Command(name = "growth", mixinStandardHelpOptions = true)
public final class Growth implements Runnable {
  /** Of one site and day: two labels, three quantities, two bases. */
  private static final int KEYS_OF_A_PLACE = 12;

  /** What a state takes in the record cache, its share of folds in it. */
  private static final long CACHED_BYTES = 20L << 10;

  private static final int FILL = 50_000;

  @Option(
      names = "--keys",
      split = ",",
      defaultValue = "100,1000,10000",
      description = "Keys of moments alive in a round, about.")
  private List<Integer> keys = List.of();

  @Option(
      names = "--contributions",
      split = ",",
      defaultValue = "100000,1000000",
      description = "Contributions kept before the rounds; rising.")
  private List<Integer> contributions = List.of();

  @Option(names = "--images", defaultValue = "10000", description = "Images a round.")
  private int images;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each.")
  private int rounds;

  @Option(names = "--warm-up", defaultValue = "30000", description = "Images before the rounds.")
  private int warmUp;

  @Option(names = "--keys-only", description = "Without the part about contributions.")
  private boolean keysOnly;

  private final Instant now = Instant.now();
  private int run;

  /** Prints tables for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Growth()).execute(args));
  }

  @Override
  public void run() {
    try (Bench bench = Bench.open()) {
      long states = keys.stream().mapToLong(Integer::longValue).sum();
      Map<String, String> cache =
          Map.of("aggregate.cache.bytes", Long.toString((64L << 20) + states * CACHED_BYTES));
      Contender grown = bench.start(Candidate.OURS, "grown", cache);
      warmUp(grown);
      keys(grown);
      if (!keysOnly) {
        Contender young = bench.start(Candidate.OURS, "young", cache);
        warmUp(young);
        contributions(grown, young);
      }
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void warmUp(Contender contender) throws InterruptedException, ExecutionException {
    for (int done = 0; done < warmUp; done += images) {
      var _ = contender.burst(source(keys.getFirst()), Math.min(images, warmUp - done));
    }
  }

  private void keys(Contender contender) throws InterruptedException, ExecutionException {
    Map<Integer, List<Window>> windows = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (int live : keys) {
        Window window = contender.burst(source(live), images);
        windows.computeIfAbsent(live, k -> new ArrayList<>()).add(window);
      }
    }
    head("keys alive");
    windows.forEach((live, of) -> row("%,d".formatted(live), of));
  }

  private void contributions(Contender grown, Contender young)
      throws InterruptedException, ExecutionException {
    head("contributions kept");
    int kept = warmUp + keys.size() * rounds * images;
    for (int mark : contributions) {
      while (kept < mark) {
        int more = Math.min(FILL, mark - kept);
        var _ = grown.burst(source(keys.getFirst()), more);
        kept += more;
      }
      List<Window> old = new ArrayList<>();
      List<Window> fresh = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        fresh.add(young.burst(source(keys.getFirst()), images));
        old.add(grown.burst(source(keys.getFirst()), images));
        kept += images;
      }
      row("%,d".formatted(mark), old);
      row("few, in turn with them", fresh);
    }
  }

  private ExplanationSource source(int live) {
    return new ExplanationSource("run-" + run++, Math.max(1, live / KEYS_OF_A_PLACE), now);
  }

  private static void head(String what) {
    System.out.printf(
        "%n| %s | CPU µs an image | images/s | changelog bytes an image: moments | folds |"
            + " contributions | emitted bytes an image |%n|---|---|---|---|---|---|---|%n",
        what);
  }

  private static void row(String what, List<Window> windows) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %s |%n",
        what,
        Spread.of(windows, w -> ExplanationSource.LABELS * w.cpuMicrosPerLabel()).text(1),
        Spread.of(windows, Window::rate).text(0),
        Spread.of(windows, w -> w.bytes("-moments-changelog")).text(0),
        Spread.of(windows, w -> w.bytes("-folds-changelog")).text(0),
        Spread.of(windows, w -> w.bytes("-contributions-changelog")).text(0),
        Spread.of(windows, w -> w.bytes(".global-explanations")).text(0));
  }
}

package fovea.bench.aggregate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What the whole aggregate costs beside what else one might have written: the DSL's aggregate of
 * maps upsampled to 224×224 in float32, as raw bytes and as Avro arrays, and of the 14×14 grid.
 *
 * <p>Every application is a process of its own with the same heap, Kafka settings, record cache and
 * RocksDB memory, exactly once, commit every second, on one broker in this process. CPU is that of
 * the application's process by the operating system: every thread of it, with JIT, GC and RocksDB's
 * own. All consume the same explanations, which lie on the broker in an open transaction before a
 * round begins. The order is turned round every round; applications that are not measured wait.
 *
 * <p>Then each gets images at a steady rate, which is what changelogs are to be judged by: the
 * record cache writes a key once a commit, however many images came.
 */
@CommandLine.Command(name = "aggregates", mixinStandardHelpOptions = true)
public final class Aggregates implements Runnable {
  @Option(
      names = "--candidates",
      split = ",",
      defaultValue = "OURS,PIXELS,AVRO,CELLS",
      description = "Which: ${COMPLETION-CANDIDATES}.")
  private List<Candidate> candidates = List.of();

  @Option(names = "--images", defaultValue = "2000", description = "Images a round.")
  private int images;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds of each.")
  private int rounds;

  @Option(
      names = "--warm-up-seconds",
      defaultValue = "20",
      description = "Rounds of each that are not counted, for so long.")
  private int warmUpSeconds;

  @Option(names = "--site-days", defaultValue = "1", description = "Pairs of site and day.")
  private int siteDays;

  @Option(names = "--rate", defaultValue = "100", description = "Images a second, when paced.")
  private int rate;

  @Option(names = "--paced-seconds", defaultValue = "20", description = "For so long.")
  private int pacedSeconds;

  private final Instant now = Instant.now();
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Candidate candidate, Contender contender, List<Window> rounds) {}

  /** Prints tables for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Aggregates()).execute(args));
  }

  @Override
  public void run() {
    try {
      measure();
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() throws IOException, InterruptedException, ExecutionException {
    try (Bench bench = Bench.open()) {
      for (Candidate candidate : candidates) {
        Contender contender =
            bench.start(candidate, candidate.name().toLowerCase(Locale.ROOT), Map.of());
        entries.add(new Entry(candidate, contender, new ArrayList<>()));
      }
      warmUp();
      for (int round = 0; round < rounds; round++) {
        for (Entry entry : round % 2 == 0 ? entries : entries.reversed()) {
          entry.rounds().add(entry.contender().burst(source("round-" + round), images));
        }
      }
      report();
    }
  }

  private void warmUp() throws InterruptedException, ExecutionException {
    for (Entry entry : entries) {
      long end = System.nanoTime() + Duration.ofSeconds(warmUpSeconds).toNanos();
      for (int i = 0; System.nanoTime() - end < 0; i++) {
        var _ = entry.contender().burst(source("warm-up-" + i), images);
      }
    }
  }

  private void report() throws InterruptedException, ExecutionException {
    Report report = new Report();
    report.roundsHead();
    for (Entry entry : entries) {
      report.rounds(entry.candidate(), entry.rounds());
    }
    report.pacedHead();
    for (Entry entry : entries) {
      Window window = entry.contender().paced(source("paced"), rate, pacedSeconds);
      report.paced(entry.candidate(), window);
    }
    report.statesHead();
    for (Entry entry : entries) {
      report.states(entry.candidate(), entry.contender().states());
    }
  }

  private ExplanationSource source(String run) {
    return new ExplanationSource(run, siteDays, now);
  }
}

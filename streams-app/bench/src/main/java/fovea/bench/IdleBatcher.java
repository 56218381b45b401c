package fovea.bench;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.inference.BatchPolicy;
import fovea.inference.Batcher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What the batcher adds to a record that comes alone, with nothing before or behind it: one image
 * asked of the engine itself and one asked through the batcher, in turn, with a pause before each
 * so that the batcher's worker sleeps.
 *
 * <p>Exit status 1 where the median difference of the pairs is beyond the limit.
 */
@CommandLine.Command(name = "idle-batcher", mixinStandardHelpOptions = true)
public final class IdleBatcher implements Callable<Integer> {
  @Option(names = "--model-store", required = true, description = "Folder of models.")
  private Path store = Path.of(".");

  @Option(names = "--model", required = true, description = "Model id.")
  private String model = "";

  @Option(names = "--warm-up", defaultValue = "500", description = "Pairs before.")
  private int warmUp;

  @Option(names = "--records", defaultValue = "1000", description = "Pairs.")
  private int records;

  @Option(names = "--batch-max", defaultValue = "16", description = "As inference.batch.max.")
  private int batchMax;

  @Option(names = "--workers", defaultValue = "1", description = "As inference.workers.")
  private int workers;

  @Option(names = "--pause", defaultValue = "PT0.005S", description = "Before every record.")
  private Duration pause = Duration.ofMillis(5);

  @Option(names = "--limit", defaultValue = "2", description = "Milliseconds that are allowed.")
  private double limit;

  /** Milliseconds of one record each way. */
  private record Pair(double alone, double batched) {
    double added() {
      return batched - alone;
    }
  }

  /** Prints a table for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new IdleBatcher()).execute(args));
  }

  @Override
  public Integer call() {
    try (Served served = Served.load(store, model);
        Batcher batcher =
            new Batcher(BatchPolicy.of(batchMax, workers), new SimpleMeterRegistry())) {
      ImageBatch image = served.noise(1);
      Classifier batched = batcher.over(served.classifier());
      pairs(served.classifier(), batched, image, warmUp);
      return print(served, pairs(served.classifier(), batched, image, records));
    }
  }

  private List<Pair> pairs(Classifier alone, Classifier batched, ImageBatch image, int count) {
    List<Pair> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 2 == 0) {
        double first = millis(alone, image);
        out.add(new Pair(first, millis(batched, image)));
      } else {
        double first = millis(batched, image);
        out.add(new Pair(millis(alone, image), first));
      }
    }
    return out;
  }

  private double millis(Classifier classifier, ImageBatch image) {
    LockSupport.parkNanos(pause.toNanos());
    long start = System.nanoTime();
    classifier.classify(image).toCompletableFuture().join();
    return (System.nanoTime() - start) / 1e6;
  }

  private int print(Served served, List<Pair> pairs) {
    System.out.println("| " + served.stored().ref() + ", ms | median | 90 % | 99 % | greatest |");
    System.out.println("|---|---|---|---|---|");
    print("the engine itself", pairs.stream().map(Pair::alone).toList());
    print("through the batcher", pairs.stream().map(Pair::batched).toList());
    double added = print("added, pair by pair", pairs.stream().map(Pair::added).toList());
    boolean within = added <= limit;
    System.out.printf(
        "%n%d pairs, %s before each record; added %.3f ms, allowed %.1f: %s%n",
        pairs.size(), pause, added, limit, within ? "kept" : "NOT KEPT");
    return within ? 0 : 1;
  }

  /** Gives the median. */
  private static double print(String what, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "| %s | %.3f | %.3f | %.3f | %.3f |%n",
        what, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), sorted.getLast());
    return at(sorted, 0.5);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
  }
}

package fovea.bench;

import fovea.core.inference.ImageBatch;
import fovea.inference.InferenceConfig;
import fovea.inference.PlainModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * What evidence costs over plain inference: a model as it is served beside the same graph with its
 * logits alone, or beside the graph of which it was made; same engine, same options, same images,
 * one thread.
 *
 * <p>Rounds of both are interleaved, the order turned round every time; the ratio is the median
 * over rounds. Exit status 1 where it is beyond the limit.
 */
@CommandLine.Command(name = "evidence-cost", mixinStandardHelpOptions = true)
public final class EvidenceCost implements Callable<Integer> {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Option(names = "--model-store", required = true, description = "Folder of models.")
  private Path store = Path.of(".");

  @Option(names = "--model", required = true, description = "Model id.")
  private String model = "";

  @Option(
      names = "--plain",
      paramLabel = "FILE.onnx",
      description =
          "The graph of which the model was made; else the model's own without its evidence.")
  private Optional<Path> plain = Optional.empty();

  @Option(names = "--warm-up", defaultValue = "500", description = "Batches of each before.")
  private int warmUp;

  @Option(names = "--rounds", defaultValue = "21", description = "Rounds of each.")
  private int rounds;

  @Option(names = "--batches", defaultValue = "200", description = "Batches a round.")
  private int batches;

  @Option(names = "--batch", defaultValue = "1", description = "Images of a batch.")
  private int images;

  @Option(names = "--limit", defaultValue = "1.10", description = "The ratio that is allowed.")
  private double limit;

  /** One round of both, milliseconds an image. */
  private record Round(Cost with, Cost without) {
    double wallRatio() {
      return with.wall / without.wall;
    }

    double cpuRatio() {
      return with.cpu / without.cpu;
    }
  }

  /** Of one round, milliseconds an image: by the clock, and of the calling thread's CPU. */
  private record Cost(double wall, double cpu) {}

  /** Prints a table for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EvidenceCost()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    try (Served served = Served.load(store, model);
        PlainModel without = without(served)) {
      ImageBatch batch = served.noise(images);
      Runnable one = () -> served.run(batch);
      Runnable other = () -> without.run(batch);
      pass(one, warmUp);
      pass(other, warmUp);
      List<Round> measured = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        measured.add(round % 2 == 0 ? round(one, other) : turned(one, other));
      }
      return print(served, measured);
    }
  }

  private PlainModel without(Served served) throws IOException {
    InferenceConfig config = InferenceConfig.defaults();
    return plain.isPresent()
        ? PlainModel.of(config, plain.get())
        : PlainModel.withoutEvidence(config, served.stored());
  }

  private Round round(Runnable with, Runnable without) {
    Cost first = pass(with, batches);
    return new Round(first, pass(without, batches));
  }

  private Round turned(Runnable with, Runnable without) {
    Cost first = pass(without, batches);
    return new Round(pass(with, batches), first);
  }

  private Cost pass(Runnable work, int times) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    double per = 1e6 * times * images;
    return new Cost(
        (System.nanoTime() - wall) / per, (THREADS.getCurrentThreadCpuTime() - cpu) / per);
  }

  private int print(Served served, List<Round> measured) {
    System.out.println(
        "| model | beside | batch | ms/image with evidence | plain | ratio, wall | ratio, CPU |");
    System.out.println("|---|---|---|---|---|---|---|");
    Spread cpu = Spread.of(measured, Round::cpuRatio);
    System.out.printf(
        "| %s | %s | %d | %s | %s | %s | %s |%n",
        served.stored().ref(),
        plain.map(file -> file.getFileName().toString()).orElse("its logits alone"),
        images,
        Spread.of(measured, r -> r.with().wall()).text(3),
        Spread.of(measured, r -> r.without().wall()).text(3),
        Spread.of(measured, Round::wallRatio).text(3),
        cpu.text(3));
    boolean within = cpu.median() <= limit;
    System.out.printf(
        "%nmedian [least..greatest] of %d rounds of %d batches; CPU ratio %.3f, allowed %.2f: %s%n",
        rounds, batches, cpu.median(), limit, within ? "kept" : "NOT KEPT");
    return within ? 0 : 1;
  }
}

package fovea.bench;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.inference.GpuPlan;
import fovea.inference.InferenceConfig;
import fovea.inference.InferenceConfig.CpuPlan;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.inference.Precision;
import fovea.inference.Provider;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Whether native memory stays bounded: runs thousands of batches of changing sizes, loads the next
 * engine beside the present one and swaps, and prints the process's resident memory at every swap.
 *
 * <p>The first half is left to warm up. Bounded is what is not greater by more than the limit in
 * the median of the last quarter than in that of the third; exit status 1 otherwise. Linux only:
 * resident memory is read from {@code /proc}.
 */
@CommandLine.Command(name = "soak", mixinStandardHelpOptions = true)
public final class Soak implements Callable<Integer> {
  private static final int LEAST_SWAPS = 4;

  @Option(names = "--model-store", required = true, description = "Folder of models.")
  private Path store = Path.of(".");

  @Option(names = "--model", required = true, description = "Model id.")
  private String model = "";

  @Option(names = "--batches", defaultValue = "10000", description = "Batches in all.")
  private int batches;

  @Option(names = "--swaps", defaultValue = "20", description = "Engines loaded and closed.")
  private int swaps;

  @Option(names = "--batch-max", defaultValue = "8", description = "Images of a batch at most.")
  private int batchMax;

  @Option(
      names = "--providers",
      split = ",",
      defaultValue = "cpu",
      description = "As inference.providers.")
  private List<String> providers = List.of();

  @Option(names = "--no-arena", negatable = true, description = "As inference.arena=false.")
  private boolean withoutArena;

  @Option(
      names = "--limit",
      defaultValue = "0.03",
      description = "Growth from the third to the last quarter that is allowed, as a share.")
  private double limit;

  private final List<Double> resident = new ArrayList<>();

  /** Prints a table for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Soak()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (swaps < LEAST_SWAPS) {
      throw new IllegalArgumentException("at least %d swaps: %d".formatted(LEAST_SWAPS, swaps));
    }
    System.out.println("| swap | minutes | batches | resident MB | Java heap MB |");
    System.out.println("|---|---|---|---|---|");
    Random random = new Random(1);
    long start = System.nanoTime();
    Classifier serving = load();
    for (int swap = 1; swap <= swaps; swap++) {
      run(serving, batches / swaps, random);
      Classifier next = load();
      serving.close();
      serving = next;
      print(swap, (System.nanoTime() - start) / 60e9);
    }
    serving.close();
    return verdict();
  }

  private int verdict() {
    int quarter = resident.size() / 4;
    double before = median(resident.size() - 2 * quarter, resident.size() - quarter);
    double after = median(resident.size() - quarter, resident.size());
    boolean bounded = after <= before * (1 + limit);
    System.out.printf(
        "%nresident memory: median %.0f MB of the third quarter, %.0f MB of the last (%+.1f %%,"
            + " allowed %.1f %%), greatest %.0f MB: %s%n",
        before,
        after,
        100 * (after / before - 1),
        100 * limit,
        resident.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        bounded ? "bounded" : "NOT BOUNDED");
    return bounded ? 0 : 1;
  }

  private double median(int from, int to) {
    return Cost.median(resident.subList(from, to));
  }

  private void print(int swap, double minutes) throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    double mb = residentMegabytes();
    resident.add(mb);
    System.out.printf(
        "| %d | %.1f | %,d | %.0f | %.0f |%n",
        swap,
        minutes,
        (long) swap * (batches / swaps),
        mb,
        (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
  }

  private static void run(Classifier classifier, int count, Random random, ImageBatch memory) {
    for (int i = 0; i < count; i++) {
      ImageBatch batch = memory.first(1 + random.nextInt(memory.count()));
      classifier.classify(batch).toCompletableFuture().join();
    }
  }

  private void run(Classifier classifier, int count, Random random) throws IOException {
    Manifest.Input input =
        ModelStore.at(store).open(ref().id(), ref().version()).manifest().input();
    ImageBatch memory = new ImageBatch(batchMax, input.channels(), input.height(), input.width());
    FloatBuffer into = memory.bytes().asFloatBuffer();
    while (into.hasRemaining()) {
      into.put(random.nextFloat());
    }
    run(classifier, count, random, memory);
  }

  private Classifier load() throws IOException {
    InferenceConfig config =
        new InferenceConfig(
            InferenceConfig.ONNX_RUNTIME,
            providers.stream().map(Provider::of).toList(),
            false,
            Precision.FP32,
            new CpuPlan(1, !withoutArena),
            GpuPlan.of(Path.of("fovea-data", "engines"), batchMax));
    return switch (new ModelLoader(config)
        .load(ModelStore.at(store).open(ref().id(), ref().version()))) {
      case Loading.Ready ready -> ready.classifier();
      case Loading.Refused refused -> throw new IllegalStateException(refused.reason());
    };
  }

  private ModelRef ref() throws IOException {
    return ModelStore.at(store).newest(model).orElseThrow();
  }

  private static double residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
        .findFirst()
        .orElseThrow();
  }
}

package fovea.bench.gpu;

import fovea.inference.GpuPlan;
import fovea.inference.InferenceConfig;
import fovea.inference.InferenceConfig.CpuPlan;
import fovea.inference.Nvidia;
import fovea.inference.Precision;
import fovea.inference.Provider;
import fovea.modelstore.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Runs the models of a store on CUDA and on TensorRT, and prints what came of it for RESULTS.md:
 * images per second at several batch sizes beside the bare session of ONNX Runtime, and how the
 * maps compare with the CPU's in fp32.
 *
 * <p>Exit status 0: every model ran everywhere with maps that agree; 1: one was refused; 3: there
 * is no GPU, and nothing was measured.
 */
@CommandLine.Command(name = "gpu-verify", mixinStandardHelpOptions = true)
public final class Verify implements Callable<Integer> {
  private static final int REFUSED = 1;
  private static final int NO_GPU = 3;

  @Option(names = "--model-store", required = true, description = "Folder of models.")
  private Path store = Path.of(".");

  @Option(
      names = "--batches",
      split = ",",
      defaultValue = "1,4,16,64,256",
      description = "Images of a batch.")
  private List<Integer> batches = List.of();

  @Option(names = "--images", defaultValue = "4096", description = "Images a measurement.")
  private int images;

  @Option(names = "--cache", description = "Folder of built engines; default: a new one.")
  private Optional<Path> cache = Optional.empty();

  @Option(names = "--cpu", description = "Measure the CPU, too; also where there is no GPU.")
  private boolean cpu;

  /** Prints a table for RESULTS.md. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Verify()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Optional<String> gpu = Nvidia.gpu();
    if (gpu.isEmpty() && !cpu) {
      return noGpu();
    }
    Path engines = cache.isPresent() ? cache.get() : Files.createTempDirectory("fovea-engines");
    System.out.printf("GPU: %s; %s%n%n", gpu.orElse("none"), Nvidia.identity());
    Measurement measurement = new Measurement(ModelStore.at(store), batches, images);
    for (InferenceConfig config : configs(engines, gpu.isPresent())) {
      measurement.add(config);
    }
    measurement.print();
    if (gpu.isEmpty()) {
      return noGpu();
    }
    System.out.println(
        measurement.refused() ? "Refused: see above." : "Every model ran, and its maps agree.");
    return measurement.refused() ? REFUSED : 0;
  }

  private static int noGpu() {
    System.out.println(
        "There is no NVIDIA GPU here (libcuda.so.1 is missing or knows no device): nothing was"
            + " measured on CUDA or TensorRT.");
    return NO_GPU;
  }

  private List<InferenceConfig> configs(Path engines, boolean gpu) {
    List<InferenceConfig> configs = new ArrayList<>();
    if (cpu) {
      configs.add(config(Provider.CPU, Precision.FP32, engines));
    }
    if (gpu) {
      configs.add(config(Provider.CUDA, Precision.FP32, engines));
      for (Precision precision : Precision.values()) {
        configs.add(config(Provider.TENSORRT, precision, engines));
      }
    }
    return configs;
  }

  private InferenceConfig config(Provider provider, Precision precision, Path engines) {
    int max = batches.stream().mapToInt(Integer::intValue).max().orElse(1);
    return new InferenceConfig(
        provider == Provider.TENSORRT ? InferenceConfig.TENSOR_RT : InferenceConfig.ONNX_RUNTIME,
        List.of(provider),
        true,
        precision,
        new CpuPlan(1, true),
        GpuPlan.of(engines, max));
  }
}

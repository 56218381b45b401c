package fovea.inference;

import fovea.modelstore.Manifest;
import java.util.Map;
import java.util.Optional;

/**
 * The batch sizes that a TensorRT engine is fitted to: from one image to as many as the batcher
 * brings together, fastest for these. Immutable.
 */
final class BatchProfile {
  private final Manifest.Input input;
  private final int max;

  private BatchProfile(Manifest.Input input, int max) {
    this.input = input;
    this.max = max;
  }

  /** Empty where the graph's batch is fixed, and so are its engine's shapes. */
  static Optional<BatchProfile> of(GraphFile graph, GpuPlan gpu) {
    return graph.open().map(input -> new BatchProfile(input, gpu.batchMax()));
  }

  /** By ONNX Runtime's names. */
  Map<String, String> options() {
    return Map.of(
        "trt_profile_min_shapes", shape(1),
        "trt_profile_opt_shapes", shape(max),
        "trt_profile_max_shapes", shape(max));
  }

  /** As a part of a file name. */
  String name() {
    return "batch-1-" + max;
  }

  private String shape(int count) {
    return "%s:%dx%dx%dx%d"
        .formatted(input.name(), count, input.channels(), input.height(), input.width());
  }
}

package fovea.inference;

import java.nio.file.Path;

/**
 * How a GPU is used. Immutable.
 *
 * @param cache folder of the engines that TensorRT built, and of what it timed; made when needed
 * @param engineCache whether built engines are kept; building one takes minutes
 * @param timingCache whether measured kernels are kept, by which other engines build faster
 * @param batchMax images of a batch at most, to which engines are fitted
 * @param memoryBytes of the GPU that a session's arena may take; 0 for no limit
 * @param workspaceBytes of the GPU that TensorRT may take while it builds; 0 for its own choice
 */
public record GpuPlan(
    Path cache,
    boolean engineCache,
    boolean timingCache,
    int batchMax,
    long memoryBytes,
    long workspaceBytes) {
  public GpuPlan {
    if (batchMax < 1 || memoryBytes < 0 || workspaceBytes < 0) {
      throw new IllegalArgumentException(
          "batches of %d, %d bytes of memory, %d of workspace"
              .formatted(batchMax, memoryBytes, workspaceBytes));
    }
  }

  /** Both caches in {@code cache}, batches up to {@code batchMax}, no limits. */
  public static GpuPlan of(Path cache, int batchMax) {
    return new GpuPlan(cache, true, true, batchMax, 0, 0);
  }
}

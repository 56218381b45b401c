package fovea.core.inference;

import java.util.List;

/**
 * Which engine really runs a model.
 *
 * @param engine DJL's name of the engine, e.g. OnnxRuntime
 * @param provider the execution provider that really runs, e.g. CPU
 * @param precision arithmetic, e.g. fp32
 * @param runtimeVersion version of the native run time
 * @param skipped providers that were asked for and did not load, each with its reason
 */
public record EngineReport(
    String engine, String provider, String precision, String runtimeVersion, List<String> skipped) {
  public EngineReport {
    skipped = List.copyOf(skipped);
  }
}

package fovea.streams;

import java.util.List;

/** The lanes of the models that serve now; follows a swap. Thread-confined. */
final class ScoreLanes {
  private final ScorePolicy policy;
  private final ScorePorts ports;
  private List<ServedModel> models = List.of();
  private List<ScoreLane> lanes = List.of();

  ScoreLanes(ScorePolicy policy, ScorePorts ports) {
    this.policy = policy;
    this.ports = ports;
  }

  /** Those that accept {@code modality}. */
  @SuppressWarnings("ReferenceEquality") // The same instance until the next swap.
  List<ScoreLane> accepting(String modality) {
    List<ServedModel> now = ports.models().current();
    if (now != models) {
      lanes = now.stream().map(model -> ScoreLane.of(model, policy, ports)).toList();
      models = now;
    }
    return lanes.stream().filter(lane -> lane.scorer().accepts(modality)).toList();
  }
}

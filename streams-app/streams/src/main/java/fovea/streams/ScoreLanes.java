package fovea.streams;

import java.util.IdentityHashMap;
import java.util.List;

/** The lanes of the models that serve; follows a swap. Thread-confined. */
final class ScoreLanes {
  private final ScorePolicy policy;
  private final ScorePorts ports;
  private final IdentityHashMap<ServedModel, ScoreLane> lanes = new IdentityHashMap<>();

  ScoreLanes(ScorePolicy policy, ScorePorts ports) {
    this.policy = policy;
    this.ports = ports;
  }

  /** Of a model that serves, or did until a moment ago. */
  @SuppressWarnings("ReferenceEquality") // A model that is loaded again is another one.
  ScoreLane of(ServedModel model) {
    ScoreLane lane = lanes.get(model);
    if (lane == null) {
      List<ServedModel> now = ports.models().current();
      lanes.keySet().removeIf(old -> now.stream().noneMatch(one -> one == old));
      lane = ScoreLane.of(model, policy, ports);
      lanes.put(model, lane);
    }
    return lane;
  }
}

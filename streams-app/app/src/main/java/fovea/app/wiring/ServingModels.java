package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.core.inference.Classifier;
import fovea.streams.ServedModel;
import fovea.streams.ServedModels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The models that serve, and their successors: the next are loaded, verified and warm before the
 * present ones stop. Thread-safe.
 */
final class ServingModels implements AutoCloseable {
  /** An image that was begun with a model ends within this time, or its task has failed. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private record Retired(LoadedModels models, Instant at) {}

  private final FoveaConfig.Models plan;
  private final UnaryOperator<Classifier> behind;
  private final ServedModels served;
  private final Deque<Retired> retired = new ArrayDeque<>();
  private LoadedModels present;

  private ServingModels(
      FoveaConfig.Models plan, UnaryOperator<Classifier> behind, LoadedModels present) {
    this.plan = plan;
    this.behind = behind;
    this.present = present;
    this.served = new ServedModels(present.serving());
  }

  /**
   * Loads what the configuration names.
   *
   * @param behind what the engines are asked through
   * @throws fovea.app.cli.BrokenWorldException if nothing of it can serve
   */
  static ServingModels load(FoveaConfig.Models plan, UnaryOperator<Classifier> behind) {
    return new ServingModels(plan, behind, LoadedModels.load(plan, behind));
  }

  /** What score looks at. */
  ServedModels served() {
    return served;
  }

  synchronized List<ServedModel> now() {
    return present.serving();
  }

  synchronized List<String> names() {
    return now().stream().map(m -> m.version().id() + "/" + m.version().version()).toList();
  }

  /** Why each of the others does not serve. */
  synchronized Map<String, String> refused() {
    Map<String, String> reasons = new TreeMap<>();
    present.refused().forEach((ref, reason) -> reasons.put(ref.toString(), reason));
    return reasons;
  }

  /**
   * Serves what the store has now; where nothing of it can serve, what serves stays.
   *
   * @throws fovea.app.cli.BrokenWorldException with the reasons, if nothing can serve
   */
  synchronized void reload(Instant now) {
    LoadedModels next = LoadedModels.load(plan, behind);
    served.swap(next.serving());
    retired.add(new Retired(present, now));
    present = next;
    while (!retired.isEmpty() && retired.peek().at().isBefore(now.minus(GRACE))) {
      retired.remove().models().close();
    }
  }

  @Override
  public synchronized void close() {
    retired.forEach(old -> old.models().close());
    present.close();
  }
}

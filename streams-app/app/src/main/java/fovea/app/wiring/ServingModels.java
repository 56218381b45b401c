package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.modelstore.ModelRef;
import fovea.streams.ServedModel;
import fovea.streams.ServedModels;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The models that serve, and their successors: the next are loaded, verified and warm before the
 * present ones stop. Thread-safe.
 */
final class ServingModels implements AutoCloseable {
  private final FoveaConfig.Models plan;
  private final Engines engines;
  private final EngineMeters meters;
  private final ServedModels served;
  private LoadedModels present;

  private ServingModels(FoveaConfig.Models plan, Engines engines, LoadedModels present) {
    this.plan = plan;
    this.engines = engines;
    this.meters = new EngineMeters(engines.live().meters());
    meters.serving(present.serving());
    this.present = present;
    this.served = new ServedModels(present.serving());
  }

  /**
   * Loads what the configuration names.
   *
   * @param engines what they run on
   * @throws fovea.app.cli.BrokenWorldException if nothing of it can serve
   */
  static ServingModels load(FoveaConfig.Models plan, Engines engines) {
    return new ServingModels(plan, engines, LoadedModels.load(plan, engines));
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
   * Serves what the store has now, and tells whether that is anything else; where nothing of it can
   * serve, what serves stays. Models that serve on are not loaded again; the others are closed when
   * no image is scored by them any more.
   *
   * @throws fovea.app.cli.BrokenWorldException with the reasons, if nothing can serve
   */
  synchronized boolean reload() {
    Set<ModelRef> known = new LinkedHashSet<>(present.byRef().keySet());
    known.addAll(present.refused().keySet());
    if (known.equals(new LinkedHashSet<>(LoadedModels.chosen(plan)))) {
      return false;
    }
    LoadedModels before = present;
    present = LoadedModels.load(plan, engines, before.byRef());
    served.swap(present.serving());
    meters.serving(present.serving());
    Set<ModelRef> staying = present.byRef().keySet();
    before
        .byRef()
        .forEach(
            (ref, model) -> {
              if (!staying.contains(ref)) {
                model.classifier().close();
              }
            });
    return true;
  }

  @Override
  public synchronized void close() {
    present.close();
  }
}

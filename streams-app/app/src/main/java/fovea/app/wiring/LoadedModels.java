package fovea.app.wiring;

import fovea.app.cli.BrokenWorldException;
import fovea.app.config.FoveaConfig;
import fovea.core.aggregate.ModelVersion;
import fovea.core.frame.Frame;
import fovea.core.inference.Classifier;
import fovea.inference.ForwardTime;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.streams.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The models of a store, loaded and verified; closing it closes their engines.
 *
 * @param serving what serves, at least one
 * @param refused why each of the others does not, by its id and version
 */
record LoadedModels(List<ServedModel> serving, Map<ModelRef, String> refused)
    implements AutoCloseable {

  /**
   * Loads the newest version of each model, or what the configuration names.
   *
   * @param engines what they run on
   * @throws BrokenWorldException if none is left to serve
   */
  static LoadedModels load(FoveaConfig.Models plan, Engines engines) {
    return load(plan, engines, Map.of());
  }

  /**
   * The same, where some are loaded already.
   *
   * @param present what need not be loaded again
   */
  static LoadedModels load(
      FoveaConfig.Models plan, Engines engines, Map<ModelRef, ServedModel> present) {
    ModelStore store = ModelStore.at(plan.store()).signedBy(SigningKeys.read(plan.signers()));
    ModelLoader loader = new ModelLoader(engines.config(), engines.live());
    List<ServedModel> serving = new ArrayList<>();
    Map<ModelRef, String> refused = new LinkedHashMap<>();
    for (ModelRef ref : chosen(store, plan)) {
      ServedModel known = present.get(ref);
      if (known != null) {
        serving.add(known);
        continue;
      }
      switch (inTime(load(store, loader, ref), engines.budget())) {
        case Loading.Ready ready -> serving.add(served(ready, engines.behind()));
        case Loading.Refused no -> refused.put(ref, no.reason());
      }
    }
    if (serving.isEmpty()) {
      throw new BrokenWorldException(
          "no model can serve from %s %s%s"
              .formatted(plan.store(), refused.values(), onlyNamed(plan)));
    }
    return new LoadedModels(List.copyOf(serving), refused);
  }

  private static String onlyNamed(FoveaConfig.Models plan) {
    return plan.serve().isEmpty() && !plan.byName().isEmpty()
        ? "; %s only where models.serve names them".formatted(plan.byName())
        : "";
  }

  /** What the configuration names, as the store is now. */
  static List<ModelRef> chosen(FoveaConfig.Models plan) {
    return chosen(ModelStore.at(plan.store()), plan);
  }

  /** Those that serve, by id and version. */
  Map<ModelRef, ServedModel> byRef() {
    Map<ModelRef, ServedModel> out = new LinkedHashMap<>();
    serving.forEach(
        model -> out.put(new ModelRef(model.version().id(), model.version().version()), model));
    return out;
  }

  private static List<ModelRef> chosen(ModelStore store, FoveaConfig.Models plan) {
    List<String> names =
        plan.serve().isEmpty()
            ? store.list().stream()
                .map(ModelRef::id)
                .filter(id -> !plan.byName().contains(id))
                .distinct()
                .toList()
            : plan.serve();
    return names.stream().map(name -> chosen(store, name)).toList();
  }

  private static ModelRef chosen(ModelStore store, String name) {
    int colon = name.indexOf(':');
    if (colon >= 0) {
      return new ModelRef(name.substring(0, colon), name.substring(colon + 1));
    }
    return store
        .newest(name)
        .orElseThrow(
            () ->
                new BrokenWorldException(
                    "no model '%s' in %s; there are: %s"
                        .formatted(
                            name,
                            store.directory(),
                            store.list().stream()
                                .map(ModelRef::toString)
                                .collect(Collectors.joining(", ")))));
  }

  private static Loading load(ModelStore store, ModelLoader loader, ModelRef ref) {
    try {
      return loader.load(store.open(ref.id(), ref.version()));
    } catch (ModelRefusedException e) {
      return new Loading.Refused(String.valueOf(e.getMessage()));
    }
  }

  /** Refuses a black box whose maps would take too long on this machine. */
  private static Loading inTime(Loading loading, MapBudget budget) {
    if (!(loading instanceof Loading.Ready ready) || !ready.model().manifest().blackBox()) {
      return loading;
    }
    Manifest manifest = ready.model().manifest();
    Duration forward = ForwardTime.of(ready.classifier(), manifest.input());
    Optional<String> objection = budget.objection(manifest, forward);
    if (objection.isEmpty()) {
      return loading;
    }
    ready.classifier().close();
    return new Loading.Refused(ready.model().ref() + ": " + objection.get());
  }

  private static ServedModel served(Loading.Ready ready, UnaryOperator<Classifier> behind) {
    StoredModel model = ready.model();
    Classifier classifier = behind.apply(ready.classifier());
    StoredModel.Grid grid = model.grid();
    String variant = model.variant(classifier.engine().precision());
    return new ServedModel(
        new ModelVersion(model.manifest().id(), model.manifest().version(), variant),
        model.manifest(),
        model.sha256(),
        new Frame(model.manifest().frame(), model.template(), grid.height(), grid.width()),
        classifier,
        variant.substring(variant.indexOf('.') + 1),
        model.readings());
  }

  @Override
  public void close() {
    serving.forEach(model -> model.classifier().close());
  }
}

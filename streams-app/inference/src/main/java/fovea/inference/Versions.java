package fovea.inference;

import fovea.modelstore.Digests;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.Readings;
import fovea.modelstore.StoredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The versions of one id in a store. */
final class Versions {
  private final ModelStore store;
  private final String id;

  Versions(ModelStore store, String id) {
    this.store = store;
    this.id = id;
  }

  /** One more than the greatest version that is a plain number; 1 where there is none. */
  String next() {
    int greatest =
        refs().stream()
            .map(ModelRef::version)
            .filter(version -> version.matches("\\d{1,8}"))
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(0);
    return Integer.toString(greatest + 1);
  }

  /**
   * The version that says the same and has the same graph and template. Card and parity vectors may
   * differ: another machine rounds another way.
   */
  Optional<StoredModel> same(Function<String, Manifest> manifest, Map<String, byte[]> files) {
    return refs().stream()
        .map(this::open)
        .flatMap(Optional::stream)
        .filter(model -> same(model, manifest.apply(model.manifest().version()), files))
        .findFirst();
  }

  private static boolean same(StoredModel model, Manifest other, Map<String, byte[]> files) {
    return model.manifest().withFiles(Map.of()).equals(other.withFiles(Map.of()))
        && same(model, files, StoredModel.ONNX)
        && same(model, files, ManifestDraft.TEMPLATE)
        && same(model, files, Readings.FILE);
  }

  private static boolean same(StoredModel model, Map<String, byte[]> files, String name) {
    return Optional.ofNullable(model.manifest().files().get(name))
        .equals(Optional.ofNullable(files.get(name)).map(Digests::of));
  }

  /** A broken version is no reason not to add another. */
  private Optional<StoredModel> open(ModelRef ref) {
    try {
      return Optional.of(store.open(ref.id(), ref.version()));
    } catch (ModelRefusedException e) {
      return Optional.empty();
    }
  }

  private List<ModelRef> refs() {
    return store.list().stream().filter(ref -> ref.id().equals(id)).toList();
  }
}

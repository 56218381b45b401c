package fovea.app.cli;

import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model store a verb works on, and how a model in it is named. */
final class StoreOption {
  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "The model store (default: --model-store, or the project's own).")
  private @Nullable Path store;

  Path store(CommonOptions common, Surroundings surroundings) {
    return store == null ? ModelsCommand.store(common, surroundings) : store;
  }

  /** A store that is there. */
  ModelStore present(CommonOptions common, Surroundings surroundings) {
    Path directory = store(common, surroundings);
    if (!Files.isDirectory(directory)) {
      throw new WrongUseException("no such model store: " + directory);
    }
    return ModelStore.at(directory);
  }

  /** {@code id} for its newest version, {@code id/version} or {@code id:version}. */
  static ModelRef named(ModelStore store, String name) {
    String[] parts = name.split("[/:]", 2);
    if (parts.length == 2) {
      return ref(parts[0], parts[1]);
    }
    return store
        .newest(name)
        .orElseThrow(
            () ->
                new WrongUseException(
                    "no model '%s' in %s; there are: %s"
                        .formatted(name, store.directory(), names(store.list()))));
  }

  private static ModelRef ref(String id, String version) {
    try {
      return new ModelRef(id, version);
    } catch (IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private static String names(List<ModelRef> refs) {
    return String.join(", ", refs.stream().map(ModelRef::toString).toList());
  }
}

package fovea.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.ModelWriter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea model remove}: takes a version out of the store. */
@Command(
    name = "remove",
    description = "Remove a version; one that serves, or would at a start, only with --force.")
final class ModelRemoveCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();
  @Mixin private InstanceOptions instance = new InstanceOptions();

  @Parameters(paramLabel = "ID/VERSION", description = "The version.")
  private String name = "";

  @Option(names = "--force", description = "Remove it even though it serves, or would at a start.")
  private boolean force;

  private final Surroundings surroundings;

  ModelRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!name.matches(".+[/:].+")) {
      throw new WrongUseException("say which version: '%s/1'".formatted(name));
    }
    ModelStore store = target.present(common, surroundings);
    ModelRef ref = StoreOption.named(store, name);
    Optional<String> use = use(store, ref);
    if (use.isPresent() && !force) {
      throw new WrongUseException(use.get() + "; --force removes it all the same");
    }
    try {
      new ModelWriter(store).remove(ref);
    } catch (ModelRefusedException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
    if (common.json) {
      surroundings.terminal().json(Map.of("removed", ref.toString(), "note", use.orElse("")));
    } else {
      use.ifPresent(surroundings.terminal()::result);
      surroundings.terminal().result("removed " + ref);
    }
    return ExitCode.DONE;
  }

  /** What the version is needed for; empty if for nothing that can be seen. */
  private Optional<String> use(ModelStore store, ModelRef ref)
      throws IOException, InterruptedException {
    if (serves(ref)) {
      return Optional.of("%s serves at %s".formatted(ref, instance.base()));
    }
    return store.newest(ref.id()).equals(Optional.of(ref))
        ? Optional.of(
            "%s is the newest version of %s, which a start serves".formatted(ref, ref.id()))
        : Optional.empty();
  }

  private boolean serves(ModelRef ref) throws IOException, InterruptedException {
    try (ApiClient api = new ApiClient(instance.base())) {
      for (JsonNode model : api.json("models", new Request.Parameters()).path("models")) {
        if (model.path("model").asText().equals(ref.id())
            && model.path("version").asText().equals(ref.version())
            && model.path("status").asText().equals("SERVING")) {
          return true;
        }
      }
      return false;
    } catch (BrokenWorldException e) {
      // Nobody answers there, so nobody serves there.
      return false;
    }
  }
}

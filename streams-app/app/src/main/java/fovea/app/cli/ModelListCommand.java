package fovea.app.cli;

import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea model list}: every version, its files held against their digests. */
@Command(name = "list", description = "List the store's versions, verifying their files.")
final class ModelListCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();
  private final Surroundings surroundings;

  ModelListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    ModelStore store = target.present(common, surroundings);
    List<ModelsCommand.Line> lines = new ArrayList<>();
    for (ModelRef ref : store.list()) {
      lines.add(ModelsCommand.line(store, ref));
    }
    if (common.json) {
      surroundings.terminal().json(lines);
    } else {
      lines.forEach(line -> surroundings.terminal().result(ModelsCommand.text(line)));
    }
    return lines.stream().allMatch(ModelsCommand.Line::intact)
        ? ExitCode.DONE
        : ExitCode.WITH_REJECTS;
  }
}

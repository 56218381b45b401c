package fovea.app.cli;

import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fovea models}: what lies in the model store, every file verified. */
@Command(name = "models", description = "List the models of the store, verifying their files.")
final class ModelsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  private final Surroundings surroundings;

  ModelsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** One model version. */
  record Line(
      String id,
      String version,
      boolean intact,
      String problem,
      List<String> labels,
      String sha256,
      String licence,
      String trainingData) {}

  @Override
  public Integer call() throws IOException {
    Path directory = store(common, surroundings);
    if (!Files.isDirectory(directory)) {
      throw new WrongUseException("no such model store: " + directory);
    }
    ModelStore store = ModelStore.at(directory);
    List<Line> lines = new ArrayList<>();
    for (ModelRef ref : store.list()) {
      lines.add(line(store, ref));
    }
    if (common.json) {
      surroundings.terminal().json(lines);
    } else {
      lines.forEach(line -> surroundings.terminal().result(text(line)));
    }
    return lines.stream().allMatch(Line::intact) ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  static Path store(CommonOptions common, Surroundings surroundings) {
    return common.modelStore == null
        ? surroundings.home().resolve("model-store/models")
        : common.modelStore;
  }

  static Line line(ModelStore store, ModelRef ref) throws IOException {
    try {
      StoredModel model = store.open(ref.id(), ref.version());
      Manifest m = model.manifest();
      return new Line(
          m.id(), m.version(), true, "", m.labels(), model.sha256(), m.licence(), m.trainingData());
    } catch (ModelRefusedException e) {
      return new Line(
          ref.id(), ref.version(), false, String.valueOf(e.getMessage()), List.of(), "", "", "");
    }
  }

  static String text(Line line) {
    String what =
        line.intact()
            ? "%s  (%s; %s)".formatted(line.labels(), line.licence(), line.trainingData())
            : "REFUSED: " + line.problem();
    return "%s/%s  %s".formatted(line.id(), line.version(), what);
  }
}

package fovea.app.cli;

import fovea.inference.InferenceConfig;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fovea model verify}: loads models as a start would, and lets them go. */
@Command(
    name = "verify",
    description = "Load models as a start would: digests, contract, parity vectors, residual.")
final class ModelVerifyCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "ID[/VERSION]",
      description = "Every version of the store where none is said.")
  private List<String> names = List.of();

  private final Surroundings surroundings;

  ModelVerifyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** One version; the reason is empty where it may serve. */
  record Line(String model, boolean serves, String reason) {}

  @Override
  public Integer call() {
    ModelStore store = target.present(common, surroundings);
    List<ModelRef> refs =
        names.isEmpty()
            ? store.list()
            : names.stream().map(name -> StoreOption.named(store, name)).toList();
    ModelLoader loader = new ModelLoader(InferenceConfig.defaults());
    List<Line> lines = refs.stream().map(ref -> line(store, loader, ref)).toList();
    if (common.json) {
      surroundings.terminal().json(lines);
    } else {
      lines.forEach(
          line ->
              surroundings
                  .terminal()
                  .result(
                      "%s  %s"
                          .formatted(
                              line.model(), line.serves() ? "ok" : "REFUSED: " + line.reason())));
    }
    return lines.stream().allMatch(Line::serves) ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  private static Line line(ModelStore store, ModelLoader loader, ModelRef ref) {
    try {
      return switch (loader.load(store.open(ref.id(), ref.version()))) {
        case Loading.Ready ready -> {
          ready.classifier().close();
          yield new Line(ref.toString(), true, "");
        }
        case Loading.Refused refused -> new Line(ref.toString(), false, refused.reason());
      };
    } catch (ModelRefusedException e) {
      return new Line(ref.toString(), false, String.valueOf(e.getMessage()));
    }
  }
}

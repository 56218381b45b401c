package fovea.app.cli;

import fovea.core.evaluation.Figure;
import fovea.inference.InferenceConfig;
import fovea.inference.Loading;
import fovea.inference.ModelLoader;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.modelstore.evaluation.CardCheck;
import fovea.modelstore.evaluation.CardText;
import fovea.modelstore.evaluation.DataRoot;
import fovea.modelstore.evaluation.Evaluation;
import fovea.modelstore.evaluation.EvaluationJson;
import fovea.modelstore.evaluation.Evaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea validate-card}: takes every figure of a model's card again. */
@Command(
    name = "validate-card",
    description = "Take every figure of a model's card again, from the data, and compare.")
final class ValidateCardCommand implements Callable<Integer> {
  private static final double TOLERANCE = 0.003;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "ID/VERSION", description = "The model.")
  private String model = "";

  @Option(
      names = "--data-root",
      paramLabel = "DIR",
      description =
          "Folder that holds the data sets the card names (default: FOVEA_DATA, or"
              + " ../shared/data beside the project).")
  private @Nullable Path data;

  private final Surroundings surroundings;

  ValidateCardCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What came of it.
   *
   * @param differences a sentence for each figure that does not agree
   */
  record Result(String model, List<Line> figures, List<String> differences) {}

  /** One figure, as it was found now. */
  record Line(
      String name, String label, double value, double low, double high, int images, int subjects) {
    static Line of(Figure f) {
      return new Line(
          f.name(),
          f.label(),
          f.estimate().value(),
          f.estimate().low(),
          f.estimate().high(),
          f.images(),
          f.subjects());
    }
  }

  @Override
  public Integer call() throws IOException {
    StoredModel stored = stored();
    Path evaluation = stored.directory().resolve(Evaluation.FILE);
    if (!Files.exists(evaluation)) {
      throw new WrongUseException("the card of " + model + " states no figures: no " + evaluation);
    }
    Evaluation stated = EvaluationJson.read(stored.read(Evaluation.FILE));
    Evaluation again = again(stored, stated);
    String text = new String(stored.read(CardText.FILE), StandardCharsets.UTF_8);
    String figures = new CardText(stored.manifest(), stated).figures();
    List<String> differences = new CardCheck(stated, TOLERANCE).differences(again, text, figures);
    print(new Result(model, again.figures().stream().map(Line::of).toList(), differences));
    return differences.isEmpty() ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  private StoredModel stored() {
    int slash = model.indexOf('/');
    if (slash <= 0) {
      throw new WrongUseException("a model is ID/VERSION: " + model);
    }
    try {
      return ModelStore.at(ModelsCommand.store(common, surroundings))
          .open(model.substring(0, slash), model.substring(slash + 1));
    } catch (ModelRefusedException | IllegalArgumentException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()));
    }
  }

  private Evaluation again(StoredModel stored, Evaluation stated) throws IOException {
    Path root = root();
    Path folder = root.resolve(stated.protocol().data().folder());
    if (!Files.isDirectory(folder)) {
      throw new WrongUseException("the card's data are not there: " + folder);
    }
    return switch (new ModelLoader(InferenceConfig.defaults()).load(stored)) {
      case Loading.Refused refused -> throw new WrongUseException(refused.reason());
      case Loading.Ready ready -> {
        try (var classifier = ready.classifier()) {
          Evaluator.Grid grid = new Evaluator.Grid(stored.grid().height(), stored.grid().width());
          yield new Evaluator(
                  stored.manifest(),
                  classifier,
                  grid,
                  new DataRoot(root),
                  surroundings.terminal()::note)
              .run(stated.protocol());
        }
      }
    };
  }

  private Path root() {
    String variable = surroundings.environment().getOrDefault("FOVEA_DATA", "");
    if (data != null) {
      return data;
    }
    return variable.isEmpty() ? surroundings.home().resolve("../shared/data") : Path.of(variable);
  }

  private void print(Result result) {
    if (common.json) {
      surroundings.terminal().json(result);
      return;
    }
    for (Line f : result.figures()) {
      surroundings
          .terminal()
          .result(
              String.format(
                  Locale.ROOT,
                  "%-32s %-12s %8.3f  %7.3f to %.3f  %d images, %d subjects",
                  f.name(),
                  f.label(),
                  f.value(),
                  f.low(),
                  f.high(),
                  f.images(),
                  f.subjects()));
    }
    result.differences().forEach(surroundings.terminal()::result);
    surroundings
        .terminal()
        .result(
            result.differences().isEmpty()
                ? "%s: the card says what was found".formatted(result.model())
                : "%s: %d differences".formatted(result.model(), result.differences().size()));
  }
}

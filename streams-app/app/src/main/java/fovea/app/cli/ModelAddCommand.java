package fovea.app.cli;

import fovea.inference.Adding;
import fovea.inference.InferenceConfig;
import fovea.inference.InputSpec;
import fovea.inference.ModelAdd;
import fovea.inference.Probing;
import fovea.modelstore.Link;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.modelstore.StoredModel;
import fovea.streams.ScorePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code fovea model add}: an ONNX graph becomes a model, rewritten where it gives no evidence, and
 * explained from outside where it cannot be.
 */
@Command(
    name = "add",
    description = "Look at an ONNX classifier, say what was found, and add it to the store.")
final class ModelAddCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();

  @Parameters(paramLabel = "FILE.onnx", description = "The graph.")
  private Path onnx = Path.of("model.onnx");

  @Option(names = "--id", required = true, description = "The model's id.")
  private String id = "";

  @Option(
      names = "--labels",
      split = ",",
      description = "In the graph's order (default: the file's metadata).")
  private List<String> labels = List.of();

  @Option(names = "--positive", split = ",", description = "Labels to validate and alarm on.")
  private List<String> positive = List.of();

  @Option(
      names = "--input",
      paramLabel = "SPEC",
      description =
          "rgb224 | grey224 | rgb384x512, then scale and shift (tensor = sample*scale+shift), or"
              + " imagenet; default: guessed, and said.")
  private @Nullable String input;

  @Option(names = "--link", description = "SIGMOID, SOFTMAX or IDENTITY.")
  private @Nullable Link link;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "Images of your programme: the frame and the scale are taken from them.")
  private @Nullable Path images;

  @Option(
      names = "--explainer",
      paramLabel = "TEXT",
      description =
          "Of a black box: occlusion | rise | mask-es, then parameters, e.g. \"rise masks=500\""
              + " (default: occlusion).")
  private @Nullable String explainer;

  @Option(
      names = "--grid",
      paramLabel = "ROWSxCOLUMNS",
      description = "Of a black box: cells of its maps (default: 7 on the shorter side).")
  private @Nullable String grid;

  @Option(
      names = "--share",
      description =
          "Of a black box: share of images that get a map, 0..1 (default: as many as double the"
              + " work).")
  private @Nullable Double share;

  @Option(
      names = "--readings",
      paramLabel = "FILE",
      description = "How further outputs are read: prototypes, lesions, abnormality (JSON).")
  private @Nullable Path readings;

  private final Surroundings surroundings;

  ModelAddCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What came of it. */
  record Result(String model, boolean added, @Nullable Path directory, List<String> notes) {}

  @Override
  public Integer call() {
    if (!Files.isReadable(onnx)) {
      throw new WrongUseException("cannot read " + onnx);
    }
    Adding adding = new ModelAdd(InferenceConfig.defaults()).add(request(), readings());
    Result result =
        switch (adding) {
          case Adding.Added added -> result(added.model(), true, added.notes());
          case Adding.Unchanged same ->
              result(same.model(), false, List.of("the store has this model already"));
          case Adding.Refused refused ->
              new Result(id, false, null, List.of("refused: " + refused.reason()));
        };
    if (common.json) {
      surroundings.terminal().json(result);
    } else {
      result.notes().forEach(surroundings.terminal()::result);
      if (result.directory() != null) {
        surroundings.terminal().result(result.model() + " in " + result.directory());
      }
    }
    return result.directory() == null ? ExitCode.WITH_REJECTS : ExitCode.DONE;
  }

  private ModelAdd.Request request() {
    try {
      return new ModelAdd.Request(
          onnx,
          id,
          labels,
          positive,
          Optional.ofNullable(input).map(InputSpec::parse),
          Optional.ofNullable(link),
          target.store(common, surroundings),
          Optional.ofNullable(images),
          probing());
    } catch (IllegalArgumentException e) {
      throw new WrongUseException("--input: " + e.getMessage());
    }
  }

  private Probing probing() {
    try {
      return new Probing(
          Optional.ofNullable(explainer).map(Probing::explainer),
          Optional.ofNullable(grid).map(Probing::grid),
          share == null ? OptionalDouble.empty() : OptionalDouble.of(share),
          ScorePolicy.DEFAULT.timeout());
    } catch (IllegalArgumentException e) {
      throw new WrongUseException("--explainer, --grid, --share: " + e.getMessage());
    }
  }

  private Readings readings() {
    if (readings == null) {
      return Readings.NONE;
    }
    try {
      return ReadingsJson.read(Files.readAllBytes(readings));
    } catch (ModelRefusedException | IOException e) {
      throw new WrongUseException("--readings: " + e.getMessage());
    }
  }

  private static Result result(StoredModel model, boolean added, List<String> notes) {
    return new Result(model.ref().toString(), added, model.directory(), notes);
  }
}

package fovea.training;

import fovea.core.phantom.Lesion;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.modelstore.evaluation.EvaluationJson;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code fovea train}: trains a class-evidence net and writes it into a model store.
 *
 * <p>Exits with 0 when done, 1 when the model is written but a map misses its lesion's place, 2 on
 * wrong use, 3 when something else broke.
 */
@Command(
    name = "fovea train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnInvalidInput = 2,
    exitCodeOnExecutionException = 3,
    description = "Trains a class-evidence net and writes it as a version of a model store.",
    footer = {
      "",
      "Progress goes to standard error, the result to standard output.",
      "Exit codes: 0 done, 1 a map misses its lesion's place, 2 wrong use, 3 something broke.",
      "An interrupted training of a folder goes on when the same command is given again.",
      "Examples: fovea train --phantom --out model-store/models/my-phantom/1",
      "          fovea train --phantom --lesions --out model-store/models/my-lesions/1",
      "          fovea train --data cxr --subject patient --out model-store/models/my-cxr/1"
    })
public final class Train implements Callable<Integer> {
  /** Between the mean and the greatest cell: a lesion of several cells counts with all of them. */
  private static final double SHARPNESS = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--phantom",
      description = "Train on the seeded phantom (synthetic fundus-like images).")
  private boolean phantom;

  @Option(
      names = "--lesions",
      description = "With --phantom: lesion maps, and a diagnosis made of the lesions alone.")
  private boolean lesions;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "STORE/ID/VERSION, which must not exist.")
  private Path out = Path.of("");

  @Option(names = "--seed", description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--images",
      description = "Images to render, at least 200 (default: ${DEFAULT-VALUE}).")
  private int images = 3000;

  @Option(names = "--epochs", description = "At most (default: ${DEFAULT-VALUE}).")
  private int epochs = 14;

  @Option(
      names = "--patience",
      description = "Epochs without a better validation objective (default: ${DEFAULT-VALUE}).")
  private int patience = 5;

  @Mixin private FolderOptions folder = new FolderOptions();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  /** The program. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Train()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException {
    if (phantom == folder.data().isPresent()) {
      throw wrong("one of --phantom and --data is what is trained on");
    }
    if (lesions && !phantom) {
      throw wrong("--lesions goes with --phantom");
    }
    if (images < 200 || epochs < 1 || patience < 1) {
      throw wrong("--images must be at least 200, --epochs and --patience at least 1");
    }
    if (lesions) {
      return lesions();
    }
    return phantom ? phantom() : folder();
  }

  private int lesions() {
    LesionShipping shipping = new LesionShipping(shipping());
    NetSpec net = NetSpec.lesions(Lesion.values().length, SHARPNESS);
    LesionTrained trained =
        new LesionTraining(net, Plan.lesions(seed, epochs), progress()).run(images);
    StoredModel stored = shipping.write(trained);
    spec.commandLine()
        .getOut()
        .println(json ? LesionJson.of(stored.ref(), trained) : text(stored, trained));
    return trained.finds() ? 0 : 1;
  }

  private int phantom() {
    Shipping shipping = shipping();
    Trained trained =
        new Training(NetSpec.small(Lesion.values().length), Plan.of(seed, epochs), progress())
            .run(images);
    StoredModel stored = shipping.write(trained);
    spec.commandLine().getOut().println(json ? document(stored, trained) : text(stored, trained));
    return trained.finds() ? 0 : 1;
  }

  private int folder() throws IOException {
    Shipping shipping = shipping();
    FolderRun.Target target = new FolderRun.Target(shipping.store(), shipping.model());
    FolderRun.Written written;
    try {
      written =
          new FolderRun(folder, Plan.folder(seed, epochs, patience), target, progress()).run();
    } catch (IllegalArgumentException e) {
      throw wrong(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
    spec.commandLine()
        .getOut()
        .println(
            json
                ? new String(EvaluationJson.write(written.evaluation()), StandardCharsets.UTF_8)
                : "%s in %s%n%n%s"
                    .formatted(
                        written.model().ref(),
                        written.model().directory(),
                        FolderRun.line(written.evaluation())));
    return 0;
  }

  private static Progress progress() {
    return new Progress(System.err, terminal());
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private Shipping shipping() {
    Path target = out.toAbsolutePath().normalize();
    if (target.getNameCount() < 3) {
      throw wrong("--out must be STORE/ID/VERSION: " + out);
    }
    if (Files.exists(target)) {
      throw wrong("--out exists already, and a version never changes: " + out);
    }
    int depth = target.getNameCount();
    try {
      return new Shipping(
          ModelStore.at(target.resolve("../..")),
          new ModelRef(target.getName(depth - 2).toString(), target.getName(depth - 1).toString()));
    } catch (ModelRefusedException | IllegalArgumentException e) {
      throw wrong("--out must be STORE/ID/VERSION: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String text(StoredModel stored, Trained trained) {
    return "%s in %s%n%nHeld-out subjects%n%s%nAnother phantom%n%s"
        .formatted(
            stored.ref(),
            stored.directory(),
            ModelCard.table(trained.heldOut()),
            ModelCard.table(trained.fresh()));
  }

  private static String text(StoredModel stored, LesionTrained trained) {
    return "%s in %s%n%nHeld-out subjects%n%s%nAnother phantom%n%s"
        .formatted(
            stored.ref(),
            stored.directory(),
            LesionCard.table(trained.heldOut()),
            LesionCard.table(trained.fresh()));
  }

  private static String document(StoredModel stored, Trained trained) {
    return """
    {"id": "%s", "version": "%s", "heldOut": [%s], "fresh": [%s]}\
    """
        .formatted(
            stored.manifest().id(),
            stored.manifest().version(),
            array(trained.heldOut()),
            array(trained.fresh()));
  }

  private static String array(List<LabelReport> reports) {
    return reports.stream()
        .map(
            r ->
                String.format(
                    Locale.ROOT,
                    "{\"label\": \"%s\", \"images\": %d, \"present\": %d, \"auc\": %s, "
                        + "\"predicted\": %d, \"massShare\": %s, \"areaShare\": %s}",
                    r.lesion().label(),
                    r.images(),
                    r.present(),
                    number(r.auc()),
                    r.predicted(),
                    number(r.mass()),
                    number(r.area())))
        .collect(Collectors.joining(", "));
  }

  static String number(double value) {
    return Double.isNaN(value) ? "null" : Double.toString(value);
  }
}

package fovea.app.cli;

import fovea.core.inference.InferenceException;
import fovea.core.quality.RandomisationCheck;
import fovea.inference.LabelCheck;
import fovea.inference.WeightCheck;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea model check}: whether a model's maps say anything of the model. */
@Command(
    name = "check",
    description =
        "Explain images with the model and with random weights in its place: maps that stay as"
            + " alike as those of different images are say nothing of the model.")
final class ModelCheckCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private StoreOption target = new StoreOption();

  @Parameters(paramLabel = "ID[/VERSION]", description = "The newest version where none is said.")
  private String name = "";

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Folder of images such as the model is for.")
  private Path images = Path.of(".");

  @Option(
      names = "--most",
      defaultValue = "100",
      paramLabel = "N",
      description = "Images at most, evenly spaced in the folder (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--draws",
      defaultValue = "5",
      paramLabel = "N",
      description = "How often weights are drawn (default: ${DEFAULT-VALUE}).")
  private int draws;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Of the weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  private final Surroundings surroundings;

  ModelCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What came of it.
   *
   * @param passes whether the maps of all validated labels that could be checked depend on the
   *     weights, and one could
   */
  record Result(String model, long seed, int draws, boolean passes, List<Line> labels) {}

  /**
   * One label; no figures where there were too few images.
   *
   * @param validated whether the verdict on the model looks at it
   * @param verdict of {@link LabelCheck.Verdict}
   * @param images with a map
   * @param n comparisons with random weights: images × draws
   * @param pairs of different images behind the baselines
   * @param undefined comparisons without a rank correlation
   */
  record Line(
      String label,
      boolean validated,
      int images,
      LabelCheck.Verdict verdict,
      @Nullable Double rank,
      @Nullable Double rankBaseline,
      @Nullable Double ssim,
      @Nullable Double ssimBaseline,
      int n,
      int pairs,
      int undefined) {}

  @Override
  public Integer call() {
    ModelStore store = target.present(common, surroundings);
    ModelRef ref = StoreOption.named(store, name);
    List<LabelCheck> checks = checks(store, ref);
    boolean passes = passes(checks);
    List<Line> lines = checks.stream().map(this::line).toList();
    if (common.json) {
      surroundings.terminal().json(new Result(ref.toString(), seed, draws, passes, lines));
    } else {
      lines.forEach(this::print);
      surroundings
          .terminal()
          .result(
              "%s: %s"
                  .formatted(
                      ref,
                      passes
                          ? "the maps depend on the weights"
                          : "it was NOT shown that the maps depend on the weights"));
    }
    return passes ? ExitCode.DONE : ExitCode.WITH_REJECTS;
  }

  private static boolean passes(List<LabelCheck> checks) {
    Set<LabelCheck.Verdict> verdicts =
        checks.stream()
            .filter(LabelCheck::validated)
            .map(LabelCheck::verdict)
            .filter(verdict -> verdict != LabelCheck.Verdict.NOT_CHECKED)
            .collect(Collectors.toSet());
    return verdicts.equals(Set.of(LabelCheck.Verdict.DEPENDS));
  }

  private List<LabelCheck> checks(ModelStore store, ModelRef ref) {
    if (!Files.isDirectory(images)) {
      throw new WrongUseException("no folder of images: " + images);
    }
    try {
      WeightCheck.Plan plan = new WeightCheck.Plan(images, most, draws, seed);
      return new WeightCheck().of(store.open(ref.id(), ref.version()), plan);
    } catch (ModelRefusedException | IllegalArgumentException e) {
      throw new WrongUseException(ref + ": " + e.getMessage());
    } catch (InferenceException e) {
      throw new BrokenWorldException(ref + ": the engine failed: " + e.getMessage(), e);
    }
  }

  private Line line(LabelCheck of) {
    boolean checked = of.check().isPresent();
    return new Line(
        of.label(),
        of.validated(),
        of.images(),
        of.verdict(),
        figure(of, RandomisationCheck::rank),
        figure(of, RandomisationCheck::rankBaseline),
        figure(of, RandomisationCheck::ssim),
        figure(of, RandomisationCheck::ssimBaseline),
        checked ? of.images() * draws : 0,
        checked ? WeightCheck.PAIRS : 0,
        of.check().map(RandomisationCheck::undefined).orElse(0));
  }

  /** JSON knows no NaN. */
  private static @Nullable Double figure(
      LabelCheck of, ToDoubleFunction<RandomisationCheck> which) {
    return of.check().map(which::applyAsDouble).filter(value -> !Double.isNaN(value)).orElse(null);
  }

  private void print(Line line) {
    Terminal terminal = surroundings.terminal();
    terminal.result(
        "%s: %s%s".formatted(line.label(), text(line), line.validated() ? "" : " (not validated)"));
    if (line.n() > 0) {
      terminal.result(text("rank correlation", line.rank(), line.rankBaseline(), line));
      terminal.result(text("SSIM", line.ssim(), line.ssimBaseline(), line));
      if (line.undefined() > 0) {
        terminal.result("  %d comparisons have no rank correlation".formatted(line.undefined()));
      }
    }
  }

  private static String text(Line line) {
    return switch (line.verdict()) {
      case DEPENDS -> "depends on the weights";
      case DOES_NOT_DEPEND -> "does NOT depend on the weights";
      case NOT_SHOWN -> "not shown: rank correlation and SSIM do not agree";
      case NOT_CHECKED ->
          "not checked: %d images with a map, %d are needed"
              .formatted(line.images(), WeightCheck.LEAST_IMAGES);
    };
  }

  private static String text(
      String what, @Nullable Double value, @Nullable Double baseline, Line line) {
    return String.format(
        Locale.ROOT,
        "  %-16s  %6s with random weights (n = %d), %6s between images (n = %d)",
        what,
        text(value),
        line.n(),
        text(baseline),
        line.pairs());
  }

  private static String text(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }
}

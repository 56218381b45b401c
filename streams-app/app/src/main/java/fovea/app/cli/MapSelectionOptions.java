package fovea.app.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which map is meant. */
final class MapSelectionOptions {
  @Option(names = "--label", description = "The label; several with --labels.")
  private List<String> label = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "macro|micro",
      description = {
        "One map of several labels, or of every label where no --label is given: macro counts",
        "every label alike, micro every image."
      })
  private @Nullable String labels;

  @Option(names = "--site", description = "A site; may be repeated (default: all).")
  private List<String> site = new ArrayList<>();

  @Option(
      names = "--sites",
      paramLabel = "pooled|balanced",
      description = "pooled counts every image alike (default), balanced every site.")
  private @Nullable String sites;

  @Option(names = "--pane", paramLabel = "YYYY-MM-DD", description = "One UTC day.")
  private @Nullable LocalDate pane;

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "First day.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "Last day.")
  private @Nullable LocalDate to;

  @Option(names = "--model", description = "Model id, where several are served.")
  private @Nullable String model;

  @Option(names = "--model-version", description = "Model version (default: the serving one).")
  private @Nullable String version;

  @Option(names = "--basis", description = "ALL (default), PREDICTED, CONFIRMED, TP, FP, FN or TN.")
  private @Nullable String basis;

  @Option(names = "--quantity", description = "ATTENTION_MAX1 (default), EVIDENCE, ...")
  private @Nullable String quantity;

  void into(Request.Parameters query) {
    label.forEach(one -> query.put("label", one));
    query.put("labels", labels);
    site.forEach(one -> query.put("site", one));
    query.put("sites", sites);
    query.put("pane", pane);
    query.put("from", from);
    query.put("to", to);
    query.put("model", model);
    query.put("version", version);
    query.put("basis", basis);
    query.put("quantity", quantity);
  }
}

package fovea.training;

import fovea.modelstore.evaluation.Protocol.Atlas;
import fovea.modelstore.evaluation.Protocol.DataSet;
import fovea.training.Recipe.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code fovea train --data} is told. */
final class FolderOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Train on the images of a folder, on the labels of its table.")
  private @Nullable Path data;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Table in the folder: CSV with a header, first column the file (${DEFAULT-VALUE}).")
  private String table = "labels.csv";

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Column of the one label that is present (${DEFAULT-VALUE}).")
  private String label = "label";

  @Option(
      names = "--subject",
      paramLabel = "COLUMN",
      description = "Column of the subject: by it images are divided. Required with --data.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--positive",
      split = ",",
      paramLabel = "LABEL",
      description = "Labels that are validated and alarmed on (default: all but the first).")
  private List<String> positive = List.of();

  @Option(
      names = "--group",
      split = ",",
      description = "Columns by whose values AUC is also given.")
  private List<String> groups = List.of();

  @Option(
      names = "--external",
      paramLabel = "NAME",
      description = "Folder beside --data: another site's images, measured and never trained on.")
  private Optional<String> external = Optional.empty();

  @Option(
      names = "--external-labels",
      split = ",",
      description = "What its labels are called by the model: theirs=ours.")
  private Map<String, String> externalLabels = Map.of();

  @Option(names = "--external-subject", description = "Its column of the subject.")
  private Optional<String> externalSubject = Optional.empty();

  @Option(names = "--external-group", split = ",", description = "As --group.")
  private List<String> externalGroups = List.of();

  @Option(
      names = "--atlas",
      paramLabel = "NAME",
      description = "Folder beside --data with masks, whose mean is the atlas of a region.")
  private Optional<String> atlas = Optional.empty();

  @Option(names = "--atlas-suffix", description = "How the masks' names end (${DEFAULT-VALUE}).")
  private String atlasSuffix = "@.png";

  @Option(names = "--atlas-region", description = "What the region is called (${DEFAULT-VALUE}).")
  private String atlasRegion = "lungs";

  @Option(
      names = "--changes",
      split = ",",
      description = "Made to training images: ${COMPLETION-CANDIDATES} (default: all of them).")
  private Set<Kind> changes = Set.of(Kind.values());

  @Option(
      names = "--sparsity",
      description = "Weight of the maps' mean absolute value (${DEFAULT-VALUE}).")
  private float sparsity = 0.02f;

  @Option(
      names = "--ring-weight",
      description = "Added to it in the outer two rows and columns (${DEFAULT-VALUE}).")
  private float ring = 0;

  @Option(
      names = "--modality",
      split = ",",
      description = "DICOM modalities that the model accepts (default: every known one).")
  private Set<String> modalities = Set.of();

  @Option(names = "--licence", description = "Of the model (${DEFAULT-VALUE}).")
  private String licence = "unstated";

  @Option(
      names = "--about",
      paramLabel = "FILE",
      description = "Markdown that opens the card: what it is, what it is for, and what not.")
  private @Nullable Path about;

  @Option(
      names = "--with",
      split = ",",
      paramLabel = "FILE",
      description = "Further files of the version, e.g. a log.")
  private List<Path> with = List.of();

  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  DataSet dataSet() {
    Path folder = data().orElseThrow().toAbsolutePath().normalize();
    String column =
        subject.orElseThrow(() -> new IllegalArgumentException("--data needs --subject"));
    return new DataSet(folder.getFileName().toString(), table, label, column, Map.of(), groups);
  }

  Optional<DataSet> external() {
    return external.map(
        name ->
            new DataSet(
                name,
                table,
                label,
                externalSubject.orElseThrow(
                    () -> new IllegalArgumentException("--external needs --external-subject")),
                externalLabels,
                externalGroups));
  }

  Optional<Atlas> atlas() {
    return atlas.map(name -> new Atlas(name, atlasSuffix, atlasRegion));
  }

  Recipe recipe() {
    return new Recipe(changes, sparsity, ring);
  }

  List<String> positive(List<String> labels) {
    return positive.isEmpty() ? labels.subList(1, labels.size()) : positive;
  }

  Set<String> modalities() {
    return modalities;
  }

  String licence() {
    return licence;
  }

  Optional<Path> about() {
    return Optional.ofNullable(about);
  }

  List<Path> with() {
    return with;
  }
}

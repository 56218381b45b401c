package fovea.modelstore.evaluation;

import fovea.core.evaluation.Case;
import fovea.core.evaluation.Figure;
import fovea.core.evaluation.Hiding;
import fovea.core.evaluation.Interval;
import fovea.core.evaluation.Reach;
import fovea.core.evaluation.Region;
import fovea.core.evaluation.Sight;
import fovea.core.evaluation.Study;
import fovea.core.evaluation.SubjectSplit;
import fovea.core.evaluation.Summary;
import fovea.core.image.TensorFormat;
import fovea.core.inference.Classifier;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes every figure of a card in one go: what a frozen model does on held-out subjects, with parts
 * of the image hidden, on another site, and what linear rules reach without it.
 *
 * <p>Thread-confined. Held-out images are read twice, for the model and for the rules; the model
 * runs once for each way of hiding.
 */
public final class Evaluator {
  private static final int RING = 2;
  private static final int CORNER = 3;
  private static final int CENTRE_ROWS = 8;
  private static final int CENTRE_COLUMNS = 10;
  private static final int EVERY = 100;

  private final Manifest manifest;
  private final Classifier classifier;
  private final Grid grid;
  private final DataRoot root;
  private final Consumer<String> progress;
  private final TensorFormat format;

  /**
   * Of a model's maps.
   *
   * @param height rows
   * @param width columns
   */
  public record Grid(int height, int width) {}

  /**
   * @param grid of the model's maps
   * @param progress hears a line now and then
   */
  public Evaluator(
      Manifest manifest,
      Classifier classifier,
      Grid grid,
      DataRoot root,
      Consumer<String> progress) {
    this.manifest = manifest;
    this.classifier = classifier;
    this.grid = grid;
    this.root = root;
    this.progress = progress;
    Manifest.Input input = manifest.input();
    this.format =
        new TensorFormat(
            input.channels(), input.height(), input.width(), input.mean(), input.std());
  }

  /**
   * The figures.
   *
   * @throws IOException if the data cannot be read
   */
  public Evaluation run(Protocol protocol) throws IOException {
    List<Figure> figures = new ArrayList<>();
    figures.add(reach(protocol));
    figures.addAll(heldOut(protocol));
    if (protocol.external().isPresent()) {
      figures.addAll(external(protocol, protocol.external().get()));
    }
    progress.accept("linear rules");
    figures.addAll(new Baselines(root, grid.height()).figures(protocol, manifest.positive()));
    return new Evaluation(protocol, figures);
  }

  private Figure reach(Protocol protocol) {
    Manifest.Input input = manifest.input();
    int pixels =
        new Reach(classifier, input.channels(), input.height(), input.width())
            .pixels(protocol.seed());
    return new Figure("receptiveField", "", Interval.point(pixels), 0, 0);
  }

  private List<Figure> heldOut(Protocol protocol) throws IOException {
    DataSet set = protocol.data();
    LabelledImages table = root.table(set);
    Study study = new Study(classifier, format, sight(protocol), hidings(), regions(protocol));
    Groups groups = new Groups(set.groups());
    for (int i = 0; i < table.size(); i++) {
      if (SubjectSplit.heldOut(SubjectSplit.fold(table.value(i, set.subject())))) {
        show(study, groups, table, set, i);
      }
    }
    Summary summary = study.summary(protocol.samples(), protocol.seed());
    List<Figure> out = new ArrayList<>();
    for (String label : manifest.positive()) {
      out.addAll(summary.areas(label));
      out.addAll(summary.rates(label));
      out.addAll(summary.attention(label));
      out.addAll(groups.areas("auc", summary, label));
    }
    return out;
  }

  private List<Figure> external(Protocol protocol, DataSet set) throws IOException {
    LabelledImages table = root.table(set);
    List<Hiding> whole = List.of(Hiding.nothing("external.auc"));
    Study study = new Study(classifier, format, sight(protocol), whole, List.of());
    Groups groups = new Groups(set.groups());
    for (int i = 0; i < table.size(); i++) {
      show(study, groups, table, set, i);
    }
    Summary summary = study.summary(protocol.samples(), protocol.seed());
    List<Figure> out = new ArrayList<>();
    for (String label : manifest.positive()) {
      out.addAll(summary.areas(label));
      out.addAll(groups.areas("external.auc", summary, label));
    }
    return out;
  }

  private void show(Study study, Groups groups, LabelledImages table, DataSet set, int i)
      throws IOException {
    Case shown = DataRoot.read(table, set, i);
    study.add(shown, DataRoot.raster(table.file(i)));
    groups.add(shown, table, i);
    if (study.images() % EVERY == 0) {
      progress.accept("%s: %d images".formatted(set.folder(), study.images()));
    }
  }

  private Sight sight(Protocol protocol) {
    return new Sight(
        manifest.labels(),
        protocol.fill(),
        manifest.quantisation().scaleExponent(),
        manifest.quantisation().floor(),
        manifest.quantisation().subtractMin(),
        manifest.link() == Link.SOFTMAX);
  }

  private List<Hiding> hidings() {
    return List.of(
        Hiding.nothing("auc"),
        Hiding.of("auc.ringErased", ring()),
        Hiding.of("auc.ringOnly", ring().complement("inside")),
        Hiding.of("auc.centreOnly", centre().complement("outside")));
  }

  private Region ring() {
    return Region.ring("ring", grid.height(), grid.width(), RING);
  }

  private Region corners() {
    return Region.corners("corners", grid.height(), grid.width(), CORNER);
  }

  private Region centre() {
    List<Integer> sides = List.of(grid.height(), grid.width());
    return Region.centre("centre", sides, CENTRE_ROWS, CENTRE_COLUMNS);
  }

  private List<Region> regions(Protocol protocol) throws IOException {
    List<Region> out = new ArrayList<>(List.of(ring(), corners()));
    if (protocol.atlas().isPresent()) {
      out.add(root.region(protocol.atlas().get(), grid.height(), grid.width()));
    }
    return out;
  }
}

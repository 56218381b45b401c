package fovea.training;

import fovea.modelstore.Link;
import java.util.List;

/**
 * A fully convolutional net of class evidence, apart from any engine: stages of convolution, batch
 * normalisation and ReLU, then one 1×1 convolution without bias that gives maps, and a head that
 * makes evidence of them.
 *
 * <p>The bias is outside the map: {@code logits = mean(evidence) + offset}.
 *
 * @param side of the square input in pixels
 * @param channels of the input: 1 for grey, 3 for RGB
 * @param stages from the image on
 * @param labels maps that come out
 * @param link how logits become probabilities; for {@link Link#SOFTMAX} evidence is the contrast:
 *     its sum over labels is 0 in every cell
 * @param head from maps to evidence
 */
record NetSpec(int side, int channels, List<Stage> stages, int labels, Link link, Head head) {
  static final int COLOURS = 3;

  NetSpec {
    stages = List.copyOf(stages);
    if (labels <= 0 || stages.isEmpty()) {
      throw new IllegalArgumentException(
          "a net needs labels and stages: %d, %s".formatted(labels, stages));
    }
    int before = channels;
    for (Stage stage : stages) {
      if (stage.in() != before) {
        throw new IllegalArgumentException(
            "%s follows a stage of %d channels".formatted(stage, before));
      }
      before = stage.out();
    }
  }

  /** A net whose maps are its evidence. */
  NetSpec(int side, int channels, List<Stage> stages, int labels, Link link) {
    this(side, channels, stages, labels, link, new Head.Cells());
  }

  /** How maps become evidence. */
  sealed interface Head {

    /** They are it. */
    record Cells() implements Head {}

    /**
     * Each map is of a lesion; the last label is the diagnosis, made of the lesions alone.
     *
     * @param sharpness of the pooling, see {@link
     *     fovea.core.explainer.lesion.LesionPooling.LogSumExp}
     */
    record Lesions(double sharpness) implements Head {}
  }

  /**
   * One convolution with square kernel, padded with zeros.
   *
   * @param in channels that go in
   * @param out channels that come out
   */
  record Stage(int in, int out, int kernel, int stride, int pad) {
    Stage {
      if (in <= 0 || out <= 0 || kernel <= 0 || stride <= 0 || pad < 0) {
        throw new IllegalArgumentException(
            "extents must be positive: %d to %d, %d/%d/%d".formatted(in, out, kernel, stride, pad));
      }
    }

    int side(int before) {
      return (before + 2 * pad - kernel) / stride + 1;
    }
  }

  /**
   * Small patches only, so that a cell speaks of its own place. Kernels of even side keep the
   * centre of each cell's patch on the centre of the cell.
   */
  static NetSpec small(int labels) {
    return new NetSpec(
        112,
        COLOURS,
        List.of(
            new Stage(COLOURS, 16, 4, 2, 1),
            new Stage(16, 32, 4, 2, 1),
            new Stage(32, 48, 2, 2, 0),
            new Stage(48, 64, 1, 1, 0)),
        labels,
        Link.SIGMOID);
  }

  /** The same patches, for so many lesions and a diagnosis. */
  static NetSpec lesions(int lesions, double sharpness) {
    NetSpec cells = small(lesions);
    return new NetSpec(
        cells.side,
        cells.channels,
        cells.stages,
        lesions + 1,
        cells.link,
        new Head.Lesions(sharpness));
  }

  /** The net up to its maps. */
  NetSpec trunk() {
    int maps = head instanceof Head.Lesions ? labels - 1 : labels;
    return new NetSpec(side, channels, stages, maps, link);
  }

  /**
   * For grey images of 224 pixels whose labels exclude each other: a cell of the 14×14 map sees a
   * patch of a third of the image's side.
   */
  static NetSpec patches(int labels) {
    return new NetSpec(
        224,
        1,
        List.of(
            new Stage(1, 16, 8, 4, 2),
            new Stage(16, 32, 4, 2, 1),
            new Stage(32, 64, 4, 2, 1),
            new Stage(64, 64, 3, 1, 1)),
        labels,
        Link.SOFTMAX);
  }

  boolean contrast() {
    return link == Link.SOFTMAX;
  }

  /** Rows and columns of a map. */
  int grid() {
    int at = side;
    for (Stage stage : stages) {
      at = stage.side(at);
    }
    return at;
  }

  /** Side of the patch of pixels that one cell sees. */
  int receptiveField() {
    int field = 1;
    int jump = 1;
    for (Stage stage : stages) {
      field += (stage.kernel() - 1) * jump;
      jump *= stage.stride();
    }
    return field;
  }

  int features() {
    return stages.getLast().out();
  }
}

package fovea.training;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPath;
import fovea.core.explainer.lesion.LesionPooling;
import fovea.core.inference.Outputs;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A trained net of lesion maps and the path from them to the diagnosis, its last label. Immutable
 * by agreement.
 *
 * <p>A cell's evidence for a lesion is the pooled value times the cell's share in it; for the
 * diagnosis it is what each lesion adds, divided by the same shares. The mean over cells is so the
 * pooled value, and the sum of what the lesions add.
 */
final class LesionNet implements PortableNet {
  private final NetSpec spec;
  private final FoldedNet maps;
  private final float[] weights;
  private final float bias;

  /**
   * Takes over the array.
   *
   * @param maps one per lesion
   * @param weights of the lesions' probabilities in the diagnosis, none negative
   * @param bias of the diagnosis
   */
  LesionNet(NetSpec spec, FoldedNet maps, float[] weights, float bias) {
    if (weights.length != spec.labels() - 1 || maps.spec().labels() != weights.length) {
      throw new IllegalArgumentException(
          "%d weights and %d maps do not fit %d labels"
              .formatted(weights.length, maps.spec().labels(), spec.labels()));
    }
    this.spec = spec;
    this.maps = maps;
    this.weights = weights;
    this.bias = bias;
  }

  @Override
  public NetSpec spec() {
    return spec;
  }

  @Override
  public float[] offsets() {
    float[] out = Arrays.copyOf(maps.offsets(), spec.labels());
    out[spec.labels() - 1] = bias;
    return out;
  }

  /** How its maps are pooled, and what the diagnosis is made of. */
  LesionModel model() {
    List<Double> doubles = new ArrayList<>();
    for (float w : weights) {
      doubles.add((double) w);
    }
    return new LesionModel(
        new LesionPooling.LogSumExp(sharpness()), new Diagnosis.Weighted(doubles, bias));
  }

  /** The greatest weight of a lesion in the diagnosis. */
  double weight() {
    double greatest = 0;
    for (float w : weights) {
      greatest = Math.max(greatest, w);
    }
    return greatest;
  }

  private double sharpness() {
    return switch (spec.head()) {
      case NetSpec.Head.Lesions lesions -> lesions.sharpness();
      case NetSpec.Head.Cells cells ->
          throw new IllegalStateException("a net of lesions has " + cells);
    };
  }

  /** The lesions' activation maps of one image: with the offset in each cell. */
  LabelGrids lesions(float[] image) {
    return lesions(maps.run(image));
  }

  private LabelGrids lesions(Outputs out) {
    int cells = out.gridHeight() * out.gridWidth();
    float[] values = new float[out.labels() * cells];
    for (int l = 0; l < out.labels(); l++) {
      float[] map = out.evidence(l);
      for (int i = 0; i < cells; i++) {
        values[l * cells + i] = map[i] + out.offset(l);
      }
    }
    return new LabelGrids(values, out.labels(), out.gridHeight(), out.gridWidth());
  }

  @Override
  public Outputs run(float[] image) {
    Outputs trunk = maps.run(image);
    LabelGrids activations = lesions(trunk);
    LesionModel model = model();
    LesionPath path = model.path(activations);
    int cells = activations.cells();
    float[] evidence = new float[spec.labels() * cells];
    float[] logits = new float[spec.labels()];
    for (int l = 0; l < activations.labels(); l++) {
      double pooled = model.pooling().pool(trunk.evidence(l));
      double[] share = model.pooling().shares(trunk.evidence(l));
      for (int i = 0; i < cells; i++) {
        evidence[l * cells + i] = (float) (cells * pooled * share[i]);
      }
      logits[l] = (float) (pooled + trunk.offset(l));
    }
    float[] through = model.evidence(activations).grid(0);
    System.arraycopy(through, 0, evidence, activations.labels() * cells, cells);
    logits[spec.labels() - 1] = (float) (path.sum() + bias);
    return new Outputs(logits, evidence, offsets(), spec.grid(), spec.grid());
  }

  @Override
  public byte[] onnx(String name) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder(name);
    int lesions = weights.length;
    String cells = maps.maps(graph);
    String offset = graph.weights("lesions.offset", maps.offsets(), 1, lesions, 1, 1);
    String sharpness = graph.weights("sharpness", new float[] {(float) sharpness()}, 1, 1, 1, 1);
    String greatest = graph.operation("GlobalMaxPool", cells);
    String weight = graph.operation("Exp", graph.mul(graph.sub(cells, greatest), sharpness));
    String mean = graph.globalAveragePool(weight);
    String pooled = graph.add(greatest, graph.div(graph.operation("Log", mean), sharpness));
    String share = graph.div(weight, mean);
    String probability = graph.operation("Sigmoid", graph.add(pooled, offset));
    String path = graph.weights("path.weight", weights, 1, lesions, 1, 1);
    String through = graph.conv(graph.mul(share, probability), path, new Window(1, 1, 0), 1);
    String evidence =
        graph.operation("Concat", Map.of("axis", 1), graph.mul(share, pooled), through);
    String means = graph.flatten(graph.globalAveragePool(evidence));
    String logits = graph.add(means, graph.weights("offset", offsets(), spec.labels()));
    graph.output(logits, "logits", OnnxGraph.FREE, spec.labels());
    graph.output(evidence, "evidence", OnnxGraph.FREE, spec.labels(), spec.grid(), spec.grid());
    String activations = graph.add(cells, offset);
    graph.output(activations, "lesions", OnnxGraph.FREE, lesions, spec.grid(), spec.grid());
    return graph.metadata("fovea.contract", "evidence/1").build();
  }
}

package fovea.training;

import fovea.core.inference.Outputs;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.List;

/**
 * A trained net as it is shipped: weights alone, batch normalisation folded into the convolutions.
 * Immutable by agreement.
 */
final class FoldedNet implements PortableNet {
  private final NetSpec spec;
  private final List<Convolution> stages;
  private final float[] head;
  private final float[] offset;

  /**
   * Takes over the arrays.
   *
   * @param head L×features
   * @param offset one per label
   */
  FoldedNet(NetSpec spec, List<Convolution> stages, float[] head, float[] offset) {
    if (head.length != spec.labels() * spec.features() || offset.length != spec.labels()) {
      throw new IllegalArgumentException(
          "%d weights and %d offsets do not fit %d labels of %d features"
              .formatted(head.length, offset.length, spec.labels(), spec.features()));
    }
    this.spec = spec;
    this.stages = List.copyOf(stages);
    this.head = head;
    this.offset = offset;
  }

  @Override
  public NetSpec spec() {
    return spec;
  }

  @Override
  public float[] offsets() {
    return offset.clone();
  }

  @Override
  public Outputs run(float[] image) {
    float[] features = image;
    int side = spec.side();
    for (Convolution stage : stages) {
      features = stage.run(features, side);
      side = stage.stage().side(side);
    }
    int cells = side * side;
    float[] evidence = new float[spec.labels() * cells];
    float[] logits = new float[spec.labels()];
    for (int l = 0; l < spec.labels(); l++) {
      double sum = 0;
      for (int i = 0; i < cells; i++) {
        evidence[l * cells + i] = (float) evidence(features, l, i, cells);
        sum += evidence[l * cells + i];
      }
      logits[l] = (float) (sum / cells + offset[l]);
    }
    return new Outputs(logits, evidence, offset.clone(), side, side);
  }

  private double evidence(float[] features, int label, int cell, int cells) {
    double sum = 0;
    for (int c = 0; c < spec.features(); c++) {
      sum += (double) head[label * spec.features() + c] * features[c * cells + cell];
    }
    return sum;
  }

  @Override
  public byte[] onnx(String name) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder(name);
    String evidence = maps(graph);
    String mean = graph.flatten(graph.globalAveragePool(evidence));
    String logits = graph.add(mean, graph.weights("offset", offset, spec.labels()));
    graph.output(logits, "logits", OnnxGraph.FREE, spec.labels());
    graph.output(evidence, "evidence", OnnxGraph.FREE, spec.labels(), spec.grid(), spec.grid());
    return graph.metadata("fovea.contract", "evidence/1").build();
  }

  /** From {@code input} to the maps, without the offset; the name of their value. */
  String maps(OnnxGraphBuilder graph) {
    String x = graph.input("input", OnnxGraph.FREE, spec.channels(), spec.side(), spec.side());
    for (int i = 0; i < stages.size(); i++) {
      x = graph.relu(convolution(graph, x, i));
    }
    String weights = graph.weights("head.weight", head, spec.labels(), spec.features(), 1, 1);
    return graph.conv(x, weights, new Window(1, 1, 0), 1);
  }

  private String convolution(OnnxGraphBuilder graph, String x, int index) {
    Convolution c = stages.get(index);
    NetSpec.Stage s = c.stage();
    String name = "stage" + (index + 1);
    String weights =
        graph.weights(name + ".weight", c.weights(), s.out(), s.in(), s.kernel(), s.kernel());
    String bias = graph.weights(name + ".bias", c.bias(), s.out());
    return graph.conv(x, weights, bias, new Window(s.kernel(), s.stride(), s.pad()), 1);
  }
}

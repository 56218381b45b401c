package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.HeadLayer.Dense;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the last layer of a net of prototypes (ProtoPNet; Chen et al., NeurIPS 2019), {@code logits
 * = W·s + b} with s_j the greatest similarity of prototype j over the cells, and writes its
 * evidence into the graph: W_cj·s_j in the cell where prototype j is found, the first of several,
 * times the number of cells, so that logits are mean(evidence) + b.
 *
 * <p>The similarities are an output of the graph with the name {@code prototype_similarity} or
 * {@code similarity_maps}. That the layer does read their maxima is not seen here: logits and
 * evidence must be held against each other. Other outputs that the contract does not know go.
 */
public final class PrototypeRewrite {
  /** What such an output is called. */
  static final List<String> NAMES = List.of("prototype_similarity", "similarity_maps");

  private static final int MAX_STEPS = 50;
  private static final List<String> KEPT = List.of("embedding", "projection", "lesions");

  private final OnnxGraph source;
  private final OnnxGraph.Tensor similarity;
  private final LinearNodes linear;
  private final Map<String, NodeProto> makers = new HashMap<>();

  private PrototypeRewrite(OnnxGraph source, OnnxGraph.Tensor similarity) {
    GraphProto graph = source.model().getGraph();
    this.source = source;
    this.similarity = similarity;
    this.linear = new LinearNodes(new Constants(graph));
    graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> makers.put(o, node)));
  }

  /**
   * What was written.
   *
   * @param graph with the evidence
   * @param outputs its output names by role
   * @param offset b, one per label
   * @param weights W, a row per label
   * @param said what was found, as a person would say it
   */
  public record Result(
      OnnxGraph graph,
      Map<String, String> outputs,
      List<Float> offset,
      List<List<Float>> weights,
      String said) {
    public Result {
      outputs = Map.copyOf(outputs);
      offset = List.copyOf(offset);
      weights = weights.stream().map(List::copyOf).toList();
    }

    /**
     * W of logits whose mean over labels was taken away: the mean over labels of every prototype's
     * weights is, too.
     */
    public List<List<Float>> centredWeights() {
      int prototypes = weights.getFirst().size();
      double[] means = new double[prototypes];
      for (List<Float> row : weights) {
        for (int j = 0; j < prototypes; j++) {
          means[j] += (double) row.get(j) / weights.size();
        }
      }
      List<List<Float>> out = new ArrayList<>();
      for (List<Float> row : weights) {
        List<Float> centred = new ArrayList<>();
        for (int j = 0; j < prototypes; j++) {
          centred.add((float) (row.get(j) - means[j]));
        }
        out.add(centred);
      }
      return out;
    }
  }

  /** The graph with evidence; empty where it has no such output, or no layer that reads it. */
  public static Optional<Result> of(OnnxGraph source) {
    return NAMES.stream()
        .flatMap(name -> source.output(name).stream())
        .filter(output -> output.shape().size() == 4)
        .filter(output -> output.shape().subList(1, 4).stream().allMatch(e -> e > 0))
        .findFirst()
        .flatMap(output -> new PrototypeRewrite(source, output).written());
  }

  private Optional<Result> written() {
    return source.outputs().stream()
        .filter(output -> output.shape().isEmpty() || output.shape().size() == 2)
        .flatMap(output -> layer(output.name()).map(d -> written(output.name(), d)).stream())
        .findFirst();
  }

  /** The layer that an output is, if it reads as many numbers as there are prototypes. */
  private Optional<Dense> layer(String output) {
    List<HeadLayer> layers = new ArrayList<>();
    String at = output;
    for (int step = 0; step < MAX_STEPS; step++) {
      Optional<NodeProto> node =
          Optional.ofNullable(makers.get(at)).filter(n -> n.getInputCount() > 0);
      if (node.isPresent() && HeadWalk.keepsNumbers(node.get().getOpType())) {
        at = node.get().getInput(0);
        continue;
      }
      Optional<LinearNodes.Read> read = node.flatMap(linear::read);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      layers.addFirst(read.get().layer());
      if (read.get().layer() instanceof Dense) {
        return folded(layers).filter(dense -> dense.inputs() == similarity.shape().get(1));
      }
      at = read.get().input();
    }
    return Optional.empty();
  }

  private static Optional<Dense> folded(List<HeadLayer> layers) {
    Folded folded = new Folded();
    try {
      layers.forEach(folded::then);
    } catch (OpaqueHeadException e) {
      return Optional.empty();
    }
    return folded.layer().filter(Dense.class::isInstance).map(Dense.class::cast);
  }

  private Result written(String logits, Dense layer) {
    GraphEdit edit = new GraphEdit(source);
    String evidence = evidence(edit, layer);
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("logits", logits);
    outputs.put("evidence", evidence);
    outputs.put("prototype_similarity", similarity.name());
    KEPT.stream()
        .filter(role -> source.output(role).isPresent())
        .forEach(role -> outputs.put(role, role));
    declare(edit, outputs);
    return new Result(edit.build(), outputs, floats(layer.bias()), rows(layer), said(layer));
  }

  private String evidence(GraphEdit edit, Dense layer) {
    long height = similarity.shape().get(2);
    long width = similarity.shape().get(3);
    int cells = Math.toIntExact(height * width);
    String flat =
        edit.node(
            "Reshape", "fovea_cells", similarity.name(), edit.longs("fovea_shape", 0, 0, cells));
    String best = edit.node(OnnxGraphBuilder.integer("axis", 2), "ArgMax", "fovea_best", flat);
    String found =
        edit.node("Equal", "fovea_found", best, edit.longs("fovea_places", places(cells)));
    String placed = edit.node("Mul", "fovea_placed", flat, edit.asFloat(found));
    double[] scaled = layer.weights().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= cells;
    }
    String w = edit.floats("fovea_w", scaled, layer.outputs(), layer.inputs());
    String shape = edit.longs("fovea_grid", 0, 0, height, width);
    String rows = edit.node("MatMul", "fovea_e", w, placed);
    return edit.node("Reshape", "evidence", rows, shape);
  }

  private static long[] places(int cells) {
    long[] out = new long[cells];
    for (int i = 0; i < cells; i++) {
      out[i] = i;
    }
    return out;
  }

  private void declare(GraphEdit edit, Map<String, String> outputs) {
    GraphProto.Builder graph = edit.graph();
    var kept =
        graph.getOutputList().stream().filter(o -> outputs.containsValue(o.getName())).toList();
    graph.clearOutput().addAllOutput(kept);
    graph.addOutput(
        OnnxGraphBuilder.value(
            String.valueOf(outputs.get("evidence")),
            OnnxGraph.FREE,
            OnnxGraph.FREE,
            similarity.shape().get(2),
            similarity.shape().get(3)));
    Unused.remove(edit);
  }

  private String said(Dense layer) {
    return "%d prototypes in '%s' on a %dx%d grid, last layer %s"
        .formatted(
            layer.inputs(),
            similarity.name(),
            similarity.shape().get(2),
            similarity.shape().get(3),
            layer.said());
  }

  private static List<List<Float>> rows(Dense layer) {
    List<List<Float>> out = new ArrayList<>();
    for (int label = 0; label < layer.outputs(); label++) {
      List<Float> row = new ArrayList<>();
      for (int j = 0; j < layer.inputs(); j++) {
        row.add((float) layer.weights()[label * layer.inputs() + j]);
      }
      out.add(row);
    }
    return out;
  }

  private static List<Float> floats(double[] values) {
    List<Float> out = new ArrayList<>();
    for (double value : values) {
      out.add((float) value);
    }
    return out;
  }
}

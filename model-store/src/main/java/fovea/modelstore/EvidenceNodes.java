package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import fovea.modelstore.HeadLayer.Activation;
import fovea.modelstore.HeadLayer.Dense;
import fovea.modelstore.HeadLayer.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a head's evidence into its graph.
 *
 * <p>Without activations evidence is W applied to every cell. With them, it is the head's tangent
 * at this image, W₂·diag(f′(z))·W₁, applied to every cell; where the activations are linear in
 * pieces that tangent is the head itself, and everything that is not evidence is the offset.
 * Thread-confined.
 */
final class EvidenceNodes {
  private static final int MAX_SQUARE = 4096;
  private static final String PLACE = "first activation, so that their number is not known";

  private final GraphEdit edit;
  private final Map<String, String> plain = new HashMap<>();

  EvidenceNodes(GraphEdit edit) {
    this.edit = edit;
    GraphProto graph = edit.source().model().getGraph();
    graph.getNodeList().stream()
        .filter(node -> HeadWalk.keepsNumbers(node.getOpType()) && node.getInputCount() > 0)
        .forEach(node -> plain.put(node.getOutput(0), node.getInput(0)));
  }

  /**
   * What was written.
   *
   * @param evidence value N×L×h×w
   * @param offset one per label; empty where it depends on the image
   * @param offsetValue value N×L where it does
   */
  record Written(String evidence, List<Float> offset, Optional<String> offsetValue) {}

  /** Activations with the linear layer before each; none before is the identity. */
  private record Step(Optional<HeadLayer> before, Activation activation) {}

  /** A step that was evaluated: its derivative N×H, and what its tangent has at 0, if not 0. */
  private record Tangent(Optional<HeadLayer> before, String slope, Optional<String> atZero) {}

  /** Writes the head's evidence over {@code map}, a float32 value N×C×H×W. */
  Written write(Head head, String map) {
    List<Step> steps = new ArrayList<>();
    Folded folded = new Folded();
    for (HeadLayer layer : head.layers()) {
      if (layer instanceof Activation activation) {
        steps.add(new Step(folded.layer(), activation));
        folded = new Folded();
      } else {
        folded.then(layer);
      }
    }
    return steps.isEmpty()
        ? linear(folded.layer(), map)
        : tangents(steps, last(folded.layer(), steps), map);
  }

  private Written linear(Optional<HeadLayer> layer, String map) {
    if (layer.isEmpty()) {
      return new Written(map, List.of(0f), Optional.empty());
    }
    return switch (layer.get()) {
      case Dense d -> {
        String w = edit.floats("fovea_w", d.weights(), d.outputs(), d.inputs(), 1, 1);
        yield new Written(edit.node("Conv", "fovea_e", map, w), offset(d.bias()), Optional.empty());
      }
      case Scale s -> {
        String by = edit.floats("fovea_s", s.factor(), 1, s.factor().length, 1, 1);
        String evidence = edit.node("Mul", "fovea_e", map, by);
        yield new Written(evidence, offset(s.shift()), Optional.empty());
      }
      case Activation a -> throw new IllegalArgumentException("not linear: " + a.said());
    };
  }

  /** Values; one for all labels, where the head has no matrix, stays one. */
  private static List<Float> offset(double[] values) {
    return Arrays.stream(values).mapToObj(value -> (float) value).toList();
  }

  private static Dense last(Optional<HeadLayer> layer, List<Step> steps) {
    if (layer.isPresent() && layer.get() instanceof Dense dense) {
      return dense;
    }
    Scale scale = layer.isPresent() && layer.get() instanceof Scale s ? s : Folded.identity();
    int size =
        steps.getLast().before().isPresent() && steps.getLast().before().get() instanceof Dense d
            ? d.outputs()
            : Math.max(scale.factor().length, scale.shift().length);
    if (size < 1 || size > MAX_SQUARE) {
      throw new OpaqueHeadException("the head's last layer has %d labels".formatted(size));
    }
    return Folded.square(scale, size);
  }

  private Written tangents(List<Step> steps, Dense last, String map) {
    List<Tangent> tangents = evaluated(steps, map);
    String weights = edit.floats("fovea_w", last.weights(), last.outputs(), last.inputs());
    List<String> offsets = new ArrayList<>();
    for (Tangent tangent : tangents.reversed()) {
      if (tangent.atZero().isPresent()) {
        offsets.add(edit.node("MatMul", "fovea_o", weights, column(tangent.atZero().get())));
      }
      weights = edit.node("Mul", "fovea_m", weights, row(tangent.slope()));
      weights = through(tangent.before(), weights, offsets);
    }
    String evidence = onMap(weights, map);
    return offsets.isEmpty()
        ? new Written(evidence, offset(last.bias()), Optional.empty())
        : new Written(evidence, List.of(), Optional.of(sum(offsets, last)));
  }

  private List<Tangent> evaluated(List<Step> steps, String map) {
    Derivative derivative = new Derivative(edit, this::plain);
    List<Tangent> tangents = new ArrayList<>();
    String x = edit.node("Flatten", "fovea_p", edit.node("GlobalAveragePool", "fovea_gap", map));
    for (Step step : steps) {
      String z = step.before().isPresent() ? forward(step.before().get(), x) : x;
      Derivative.Dual dual = derivative.of(step.activation(), z);
      Optional<String> atZero = Optional.empty();
      if (!step.activation().throughZero()) {
        String line = edit.node("Mul", "fovea_line", dual.slope(), z);
        atZero = Optional.of(edit.node("Sub", "fovea_c", dual.value(), line));
      }
      tangents.add(new Tangent(step.before(), dual.slope(), atZero));
      x = dual.value();
    }
    return tangents;
  }

  private String forward(HeadLayer layer, String x) {
    return switch (layer) {
      case Dense d -> {
        double[] columns = new double[d.weights().length];
        for (int i = 0; i < columns.length; i++) {
          columns[i % d.inputs() * d.outputs() + i / d.inputs()] = d.weights()[i];
        }
        String w = edit.floats("fovea_wt", columns, d.inputs(), d.outputs());
        String b = edit.floats("fovea_b", d.bias(), d.outputs());
        yield edit.node("Gemm", "fovea_z", x, w, b);
      }
      case Scale s -> {
        String by = edit.floats("fovea_s", s.factor(), s.factor().length);
        String shift = edit.floats("fovea_t", s.shift(), s.shift().length);
        yield edit.node("Add", "fovea_z", edit.node("Mul", "fovea_sx", x, by), shift);
      }
      case Activation a -> throw new IllegalArgumentException("not linear: " + a.said());
    };
  }

  /** The weights before a layer, from those after it; what its bias adds goes to the offsets. */
  private String through(Optional<HeadLayer> layer, String weights, List<String> offsets) {
    return switch (layer.orElse(Folded.identity())) {
      case Dense d -> {
        if (!Folded.zero(d.bias())) {
          String b = edit.floats("fovea_b", d.bias(), d.outputs(), 1);
          offsets.add(edit.node("MatMul", "fovea_o", weights, b));
        }
        String w = edit.floats("fovea_w", d.weights(), d.outputs(), d.inputs());
        yield edit.node("MatMul", "fovea_m", weights, w);
      }
      case Scale s -> {
        if (!Folded.zero(s.shift())) {
          offsets.add(shifted(s, weights));
        }
        String by = edit.floats("fovea_s", s.factor(), 1, 1, s.factor().length);
        yield edit.node("Mul", "fovea_m", weights, by);
      }
      case Activation a -> throw new IllegalArgumentException("not linear: " + a.said());
    };
  }

  /** weights·t, N×L×1. */
  private String shifted(Scale scale, String weights) {
    if (scale.shift().length == 1) {
      throw new OpaqueHeadException("the head adds one number to all channels before a " + PLACE);
    }
    String t = edit.floats("fovea_t", scale.shift(), scale.shift().length, 1);
    return edit.node("MatMul", "fovea_o", weights, t);
  }

  /** N×H to N×1×H. */
  private String row(String vector) {
    return edit.node("Reshape", "fovea_row", vector, edit.longs("fovea_shape", 0, 1, -1));
  }

  /** N×H to N×H×1. */
  private String column(String vector) {
    return edit.node("Reshape", "fovea_column", vector, edit.longs("fovea_shape", 0, -1, 1));
  }

  /** N×L×C applied to every cell of N×C×h×w. */
  private String onMap(String weights, String map) {
    String cells = edit.node("Reshape", "fovea_cells", map, edit.longs("fovea_shape", 0, 0, -1));
    String flat = edit.node("MatMul", "fovea_flat", weights, cells);
    String sides = edit.longs("fovea_sides", 2, 3);
    String grid = edit.node("Gather", "fovea_grid", edit.node("Shape", "fovea_shape", map), sides);
    String kept = edit.longs("fovea_kept", 0, 0);
    String shape =
        edit.node(OnnxGraphBuilder.integer("axis", 0), "Concat", "fovea_shape", kept, grid);
    return edit.node("Reshape", "fovea_e", flat, shape);
  }

  private String sum(List<String> offsets, Dense last) {
    String bias = edit.floats("fovea_b", last.bias(), last.outputs(), 1);
    String sum = edit.node("Add", "fovea_o", offsets.getFirst(), bias);
    for (String offset : offsets.subList(1, offsets.size())) {
      sum = edit.node("Add", "fovea_o", sum, offset);
    }
    return edit.node("Flatten", "fovea_o", sum);
  }

  private String plain(String value) {
    String at = value;
    for (int step = 0; step < plain.size() && plain.containsKey(at); step++) {
      at = String.valueOf(plain.get(at));
    }
    return at;
  }
}

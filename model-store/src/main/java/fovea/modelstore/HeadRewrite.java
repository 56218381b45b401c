package fovea.modelstore;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import fovea.modelstore.HeadLayer.Dense;
import fovea.modelstore.HeadReading.BlackBox;
import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.HeadReading.Rewritten;
import fovea.modelstore.HeadWalk.LogitsAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the head of a plain classifier, and writes its evidence into the graph: logits = mean of
 * evidence + offset, by the head's own algebra.
 *
 * <p>Logits stay the very value that the graph computed, except in half precision, where they are
 * summed anew from the evidence. Outputs of the graph that the contract does not know go, and so do
 * the nodes that only they needed.
 */
public final class HeadRewrite {
  private final OnnxGraph source;

  private HeadRewrite(OnnxGraph source) {
    this.source = source;
  }

  /**
   * Reads the graph and rewrites it.
   *
   * @throws ModelRefusedException if the graph is broken, or too old to be changed
   */
  public static HeadReading of(OnnxGraph source) {
    HeadRewrite rewrite = new HeadRewrite(source);
    try {
      return rewrite.rewritten(rewrite.head());
    } catch (OpaqueHeadException e) {
      return new BlackBox(String.valueOf(e.getMessage()), rewrite.logitsAlone());
    }
  }

  /** The same graph with its own logits, whatever their precision, beside the evidence. */
  public static OnnxGraph withItsOwnLogits(OnnxGraph source) {
    HeadRewrite rewrite = new HeadRewrite(source);
    return rewrite.written(rewrite.head(), false).graph();
  }

  /** The head before the first output that has one; outputs that end in a link come first. */
  private Head head() {
    List<Head> heads = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (OnnxGraph.Tensor output : source.outputs()) {
      if (output.shape().isEmpty() || output.shape().size() == 2) {
        try {
          heads.add(new HeadWalk(source).from(output.name()));
        } catch (OpaqueHeadException e) {
          reasons.add(e.getMessage());
        }
      }
    }
    return heads.stream()
        .filter(head -> head.end().link().isPresent())
        .findFirst()
        .or(() -> heads.stream().filter(head -> !head.layers().isEmpty()).findFirst())
        .or(() -> heads.stream().findFirst())
        .orElseThrow(() -> new OpaqueHeadException(reason(reasons)));
  }

  /** The output that shows a link, else the one that is called logits, else the first. */
  private Optional<Rewritten> logitsAlone() {
    List<LogitsAt> ends =
        source.outputs().stream()
            .filter(output -> output.shape().isEmpty() || output.shape().size() == 2)
            .map(output -> new HeadWalk(source).logits(output.name()))
            .toList();
    return ends.stream()
        .filter(at -> at.end().link().isPresent())
        .findFirst()
        .or(() -> ends.stream().filter(at -> at.end().output().equals("logits")).findFirst())
        .or(() -> ends.stream().findFirst())
        .map(this::logitsAlone);
  }

  private Rewritten logitsAlone(LogitsAt at) {
    boolean narrow = Precision.narrow(source.model().getGraph());
    GraphEdit edit = new GraphEdit(source);
    String logits = edit.node("Identity", "logits", own(edit, at.value(), narrow));
    Map<String, String> outputs = Map.of("logits", logits);
    declare(edit, outputs);
    int labels = declaredLabels(at.end().output());
    Found found =
        new Found(at.end().output(), "", "", labels, at.end().link(), false, false, narrow);
    return new Rewritten(edit.build(), outputs, List.of(), found);
  }

  private String reason(List<String> reasons) {
    return reasons.isEmpty()
        ? "no output has one row of numbers per image: " + source.outputs()
        : reasons.getFirst();
  }

  private Rewritten rewritten(Head head) {
    return written(head, Precision.narrow(source.model().getGraph()));
  }

  private Rewritten written(Head head, boolean sumAnew) {
    boolean narrow = Precision.narrow(source.model().getGraph());
    GraphEdit edit = new GraphEdit(source);
    String map = narrow ? edit.asFloat(head.map()) : head.map();
    EvidenceNodes.Written evidence = new EvidenceNodes(edit).write(head, map);
    String logits = sumAnew ? sum(edit, evidence) : own(edit, head.logits(), narrow);
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put("logits", edit.node("Identity", "logits", logits));
    outputs.put("evidence", edit.node("Identity", "evidence", evidence.evidence()));
    evidence
        .offsetValue()
        .ifPresent(value -> outputs.put("offset", edit.node("Identity", "offset", value)));
    declare(edit, outputs);
    return new Rewritten(edit.build(), outputs, evidence.offset(), found(head, narrow));
  }

  private Found found(Head head, boolean narrow) {
    return new Found(
        head.end().output(),
        head.pooling() + " of '" + head.map() + "'",
        head.said(),
        labels(head),
        head.end().link(),
        head.linear(),
        head.exact(),
        narrow);
  }

  private int labels(Head head) {
    return head.layers().reversed().stream()
        .filter(Dense.class::isInstance)
        .map(layer -> ((Dense) layer).outputs())
        .findFirst()
        .orElseGet(() -> declaredLabels(head.end().output()));
  }

  private int declaredLabels(String output) {
    return source
        .output(output)
        .filter(tensor -> tensor.shape().size() == 2)
        .map(tensor -> Math.toIntExact(Math.max(0, tensor.shape().get(1))))
        .orElse(0);
  }

  /** The logits as the graph has them: N×L, or N×L×1×1 made that. */
  private static String own(GraphEdit edit, String logits, boolean narrow) {
    String flat = edit.node("Flatten", "fovea_logits", logits);
    return narrow ? edit.asFloat(flat) : flat;
  }

  private static String sum(GraphEdit edit, EvidenceNodes.Written evidence) {
    String mean = edit.node("GlobalAveragePool", "fovea_mean", evidence.evidence());
    String flat = edit.node("Flatten", "fovea_mean", mean);
    String offset =
        evidence
            .offsetValue()
            .orElseGet(
                () ->
                    edit.floats(
                        "fovea_offset",
                        evidence.offset().stream().mapToDouble(Float::doubleValue).toArray(),
                        evidence.offset().size()));
    return edit.node("Add", "fovea_logits", flat, offset);
  }

  private void declare(GraphEdit edit, Map<String, String> outputs) {
    GraphProto.Builder graph = edit.graph();
    // Hints about shapes and types say what held before.
    graph.clearValueInfo();
    graph.clearOutput();
    OnnxInput.adapt(edit);
    outputs.forEach(
        (role, name) -> graph.addOutput(declared(name, role.equals("evidence") ? 4 : 2)));
    Unused.remove(edit);
  }

  private static ValueInfoProto declared(String name, int rank) {
    long[] shape = new long[rank];
    Arrays.fill(shape, OnnxGraph.FREE);
    return OnnxGraphBuilder.value(name, shape);
  }
}

package fovea.inference;

import static fovea.modelstore.OnnxGraph.FREE;

import fovea.core.inference.ExtraRole;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraph.Tensor;
import java.util.List;
import java.util.Map;

/** A graph's inputs and outputs held against what a manifest says of them. */
final class GraphShapes {
  private static final Map<String, Integer> RANK =
      Map.of(
          "logits", 2,
          "evidence", 4,
          "offset", 2,
          "embedding", 2,
          "projection", 2,
          "prototype_similarity", 4,
          "lesions", 4);

  private GraphShapes() {}

  static Tensor input(Manifest manifest, OnnxGraph graph) {
    Manifest.Input in = manifest.input();
    if (graph.inputs().size() != 1) {
      throw new ModelRefusedException("the graph must have one input, it has " + graph.inputs());
    }
    Tensor input = graph.inputs().getFirst();
    boolean fits =
        input.name().equals(in.name())
            && input.type().equals("float")
            && fits(
                input,
                4,
                List.of(FREE, (long) in.channels(), (long) in.height(), (long) in.width()));
    if (!fits) {
      throw new ModelRefusedException(
          "the input must be %s float[?,%d,%d,%d], the graph has %s"
              .formatted(in.name(), in.channels(), in.height(), in.width(), input));
    }
    if (batch(input) > 1) {
      throw new ModelRefusedException("the graph's batch must be free or 1: " + input);
    }
    return input;
  }

  static Tensor output(String role, Manifest manifest, OnnxGraph graph) {
    String name = String.valueOf(manifest.outputs().get(role));
    Integer rank = RANK.get(role);
    if (rank == null) {
      throw new ModelRefusedException("evidence/1 knows no output '" + role + "'");
    }
    Tensor output =
        graph
            .output(name)
            .orElseThrow(
                () ->
                    new ModelRefusedException(
                        "the graph has no output '%s' (%s), it has %s"
                            .formatted(name, role, graph.outputs())));
    boolean ofLabels = role.equals("logits") || role.equals("evidence") || role.equals("offset");
    int labels = manifest.labels().size();
    List<Long> extents = ofLabels ? List.of(FREE, (long) labels) : extents(role);
    if (!output.type().equals("float") || !fits(output, rank, extents)) {
      throw new ModelRefusedException(
          "output %s must be float of rank %d for %d labels, the graph has %s"
              .formatted(role, rank, labels, output));
    }
    return output;
  }

  private static List<Long> extents(String role) {
    return role.equals(ExtraRole.PROJECTION.text()) ? List.of(FREE, 2L) : List.of();
  }

  /** The batch that the graph fixes; {@link OnnxGraph#FREE} where it is open. */
  static long batch(Tensor tensor) {
    return tensor.shape().isEmpty() ? FREE : tensor.shape().getFirst();
  }

  private static boolean fits(Tensor tensor, int rank, List<Long> extents) {
    if (tensor.shape().isEmpty()) {
      return true;
    }
    if (tensor.shape().size() != rank) {
      return false;
    }
    for (int i = 0; i < extents.size(); i++) {
      long extent = extents.get(i);
      long found = tensor.shape().get(i);
      if (extent != FREE && found != FREE && found != extent) {
        return false;
      }
    }
    return true;
  }
}

package fovea.modelstore;

import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.Constants.Constant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds where a graph takes the mean of a map over all its cells. */
final class Pooling {
  private static final Set<String> RESHAPES = Set.of("Flatten", "Reshape");
  private static final List<Long> TO_CHANNELS_LAST = List.of(0L, 2L, 3L, 1L);

  private final Map<String, NodeProto> makers;
  private final Constants constants;

  Pooling(Map<String, NodeProto> makers, Constants constants) {
    this.makers = makers;
    this.constants = constants;
  }

  /** The map N×C×H×W that a node takes the mean of, and how it is done. */
  record Found(String map, String said) {}

  /** What a node pools; empty if it does not. */
  Optional<Found> of(NodeProto node) {
    if (node.getInputCount() == 0) {
      return Optional.empty();
    }
    return switch (node.getOpType()) {
      case "GlobalAveragePool" -> Optional.of(new Found(node.getInput(0), "GlobalAveragePool"));
      case "ReduceMean" -> reduceMean(node);
      case "AveragePool" -> averagePool(node);
      default -> Optional.empty();
    };
  }

  private Optional<Found> reduceMean(NodeProto node) {
    Set<Long> axes = axes(node);
    String input = node.getInput(0);
    Optional<NodeProto> before = Optional.ofNullable(makers.get(input));
    if (axes.equals(Set.of(2L, 3L)) || axes.equals(Set.of(-1L, -2L))) {
      return Optional.of(new Found(input, "ReduceMean over rows and columns"));
    }
    if (axes.equals(Set.of(1L, 2L))) {
      return before
          .filter(n -> n.getOpType().equals("Transpose"))
          .filter(n -> Attributes.wholes(n, "perm").equals(TO_CHANNELS_LAST))
          .map(n -> new Found(n.getInput(0), "ReduceMean over rows and columns, channels last"));
    }
    if (axes.equals(Set.of(2L)) || axes.equals(Set.of(-1L))) {
      return before.flatMap(this::inTwoSteps);
    }
    return Optional.empty();
  }

  /** The mean over cells in a row, or over columns first. */
  private Optional<Found> inTwoSteps(NodeProto before) {
    if (RESHAPES.contains(before.getOpType())) {
      return Optional.of(new Found(before.getInput(0), "ReduceMean over cells in a row"));
    }
    boolean columns =
        before.getOpType().equals("ReduceMean")
            && (axes(before).equals(Set.of(3L)) || axes(before).equals(Set.of(-1L)));
    return columns
        ? Optional.of(new Found(before.getInput(0), "ReduceMean over columns, then rows"))
        : Optional.empty();
  }

  private Set<Long> axes(NodeProto node) {
    List<Long> given = Attributes.wholes(node, "axes");
    if (given.isEmpty() && node.getInputCount() > 1) {
      given =
          constants
              .of(node.getInput(1))
              .map(Constant::values)
              .map(values -> Arrays.stream(values).mapToObj(v -> (long) v).toList())
              .orElse(List.of());
    }
    return Set.copyOf(given);
  }

  /** One window that covers the map; that it does is seen when the result is tried. */
  private Optional<Found> averagePool(NodeProto node) {
    boolean padded = Attributes.wholes(node, "pads").stream().anyMatch(pad -> pad != 0);
    List<Long> kernel = Attributes.wholes(node, "kernel_shape");
    String said = "AveragePool " + kernel;
    return padded || kernel.size() != 2
        ? Optional.empty()
        : Optional.of(new Found(node.getInput(0), said));
  }
}

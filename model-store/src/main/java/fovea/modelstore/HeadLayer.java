package fovea.modelstore;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * A step of a classifier's head, from the pooled features to the logits. Arrays are millions of
 * weights, and nobody changes them.
 */
@SuppressWarnings("ArrayRecordComponent")
sealed interface HeadLayer {

  /** As a person would name it, e.g. {@code Gemm 1280→100}. */
  String said();

  /**
   * y = W·x + b.
   *
   * @param outputs how many y
   * @param inputs how many x
   * @param weights row-major, a row per output
   * @param bias one per output
   */
  record Dense(String said, int outputs, int inputs, double[] weights, double[] bias)
      implements HeadLayer {}

  /** y = s·x + t by channel; either has one value for all channels, or one each. */
  record Scale(String said, double[] factor, double[] shift) implements HeadLayer {}

  /**
   * y = f(x), by element.
   *
   * @param nodes of the graph, in order
   * @param input the value that x has in the graph
   * @param output the value that y has in the graph
   * @param linear whether f is linear in pieces, so that its tangent at x is f itself nearby
   * @param throughZero whether every tangent goes through 0, so that f(x) = f′(x)·x
   */
  record Activation(
      String said,
      List<NodeProto> nodes,
      String input,
      String output,
      boolean linear,
      boolean throughZero)
      implements HeadLayer {}
}

package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.NodeProto;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphPruningTest {
  @Test
  void whatOnlyAnotherOutputNeedsIsGone() {
    OnnxGraph pruned = OnnxGraph.read(GraphPruning.keep(graph(), Set.of("logits")).bytes());

    assertThat(pruned.outputs()).hasToString("[logits float[?,2]]");
    assertThat(pruned.inputs()).isEqualTo(graph().inputs());
    assertThat(pruned.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "GlobalAveragePool", "Flatten", "Identity");
  }

  @Test
  void withAllOutputsItIsTheSameGraph() {
    assertThat(GraphPruning.keep(graph(), Set.of("logits", "evidence")).bytes())
        .isEqualTo(graph().bytes());
  }

  @Test
  void anOutputThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> GraphPruning.keep(graph(), Set.of("beauty")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("beauty");
  }

  /** Evidence is twice what logits are made of. */
  private static OnnxGraph graph() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g");
    String x = b.input("x", OnnxGraph.FREE, 3, 8, 8);
    String map = b.conv(x, b.weights("w", new float[54], 2, 3, 3, 3), new Window(3, 1, 1), 1);
    b.output(b.flatten(b.globalAveragePool(map)), "logits", OnnxGraph.FREE, 2);
    b.output(b.add(map, map), "evidence", OnnxGraph.FREE, 2, 8, 8);
    return OnnxGraph.read(b.build());
  }
}

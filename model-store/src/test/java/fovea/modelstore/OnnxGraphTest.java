package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
  @Test
  void graphTellsWhatWasBuilt() {
    OnnxGraph graph = OnnxGraph.read(built());

    assertThat(graph.inputs()).hasToString("[image float[?,3,8,8]]");
    assertThat(graph.outputs()).hasToString("[logits float[?,2], evidence float[?,2,4,4]]");
    assertThat(graph.output("logits")).isPresent();
    assertThat(graph.output("probabilities")).isEmpty();
    assertThat(graph.opset()).isEqualTo(17);
    assertThat(graph.weights()).isEqualTo(2 * 3 * 9 + 2);
    assertThat(graph.metadata()).containsEntry("fovea.contract", "evidence/1");
  }

  @Test
  void buildingIsDeterministic() {
    assertThat(built()).isEqualTo(built());
  }

  @Test
  void weightsOfTheWrongLengthAreACallersMistake() {
    OnnxGraphBuilder builder = new OnnxGraphBuilder("g");

    assertThatThrownBy(() -> builder.weights("w", new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("5 values of w do not fill [2, 3]");
  }

  @Test
  void everyTruncationIsRefusedOrRead() {
    byte[] whole = built();
    for (int length = 0; length < whole.length; length++) {
      assertRefusedOrRead(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void noiseIsRefusedOrRead() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      assertRefusedOrRead(noise);

      byte[] damaged = built();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertRefusedOrRead(damaged);
    }
  }

  @Test
  void weightsInAnotherFileAreRefused() {
    TensorProto outside =
        TensorProto.newBuilder()
            .setName("w")
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"))
            .build();
    NodeProto constant =
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addAttribute(AttributeProto.newBuilder().setName("value").setT(outside))
            .build();
    GraphProto inner = GraphProto.newBuilder().addNode(constant).build();
    NodeProto branch =
        NodeProto.newBuilder()
            .setOpType("If")
            .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner))
            .build();
    NodeProto plain = NodeProto.newBuilder().setOpType("Relu").build();

    assertExternal(GraphProto.newBuilder().addNode(plain).addInitializer(outside).build());
    assertExternal(GraphProto.newBuilder().addNode(constant).build());
    assertExternal(GraphProto.newBuilder().addNode(branch).build());
  }

  private static void assertExternal(GraphProto graph) {
    byte[] file = ModelProto.newBuilder().setGraph(graph).build().toByteArray();

    assertThatThrownBy(() -> OnnxGraph.read(file))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("weights lie in another file: 'w'");
  }

  private static void assertRefusedOrRead(byte[] content) {
    try {
      assertThat(OnnxGraph.read(content).opset()).isNotNegative();
    } catch (ModelRefusedException expected) {
      assertThat(expected.getMessage()).as("the reason").isNotBlank();
    }
  }

  private static byte[] built() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g").metadata("fovea.contract", "evidence/1");
    String x = b.input("image", OnnxGraph.FREE, 3, 8, 8);
    String w = b.weights("w", new float[2 * 3 * 9], 2, 3, 3, 3);
    String bias = b.weights("b", new float[2], 2);
    String e = b.maxPool(b.relu(b.conv(x, w, bias, new Window(3, 1, 1), 1)), new Window(2, 2, 0));
    b.output(b.flatten(b.globalAveragePool(e)), "logits", OnnxGraph.FREE, 2);
    b.output(e, "evidence", OnnxGraph.FREE, 2, 4, 4);
    return b.build();
  }
}

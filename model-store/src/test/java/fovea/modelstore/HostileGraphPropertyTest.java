package fovea.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import fovea.modelstore.HeadReading.BlackBox;
import fovea.modelstore.HeadReading.Rewritten;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HostileGraphPropertyTest {
  private static final byte[] WHOLE = classifier();

  @Property(tries = 2000, seed = "11")
  void damagedGraphIsRewrittenOrRefusedWithAReason(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int flips) {
    byte[] damaged = WHOLE.clone();
    Random random = new Random(seed);
    for (int i = 0; i < flips; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    assertReadOrRefused(damaged);
  }

  @Property(tries = 500, seed = "12")
  void truncatedGraphIsRewrittenOrRefusedWithAReason(@ForAll long seed) {
    int length = new Random(seed).nextInt(WHOLE.length);
    assertReadOrRefused(Arrays.copyOf(WHOLE, length));
  }

  @Test
  void wholeGraphIsRewritten() {
    assertThat(HeadRewrite.of(OnnxGraph.read(WHOLE))).isInstanceOf(Rewritten.class);
  }

  @Test
  void circleOfNodesIsABlackBox() {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("circle");
    graph.addNode(OnnxGraphBuilder.node("Add", "a", "b", "b"));
    graph.addNode(OnnxGraphBuilder.node("Mul", "b", "a", "a"));
    graph.addOutput(OnnxGraphBuilder.value("a", 1, 2));

    HeadReading reading = HeadRewrite.of(OnnxGraph.read(file(graph)));

    assertThat(reading).isInstanceOf(BlackBox.class);
  }

  @Test
  void weightThatHoldsLessThanItsShapeSaysIsRefused() {
    for (List<Long> shape : List.of(List.of(1L << 40), List.of(1L << 40, 1L << 40), List.of(-4L))) {
      GraphProto.Builder graph = oneNode(NodeProto.newBuilder().setOpType("Relu"));
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName("w")
              .setDataType(TensorProto.DataType.FLOAT_VALUE)
              .addAllDims(shape)
              .setRawData(ByteString.copyFrom(new byte[16])));

      assertThatThrownBy(() -> OnnxGraph.read(file(graph)))
          .isInstanceOf(ModelRefusedException.class)
          .hasMessageMatching("weight 'w' is of shape .*|a weight has a negative extent.*");
    }
  }

  @Test
  void constantThatIsBlownUpIsRefused() {
    GraphProto.Builder graph =
        oneNode(NodeProto.newBuilder().setOpType("ConstantOfShape").addInput("s"));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("s")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(2)
            .addAllInt64Data(List.of(1L << 20, 1L << 20)));

    assertThatThrownBy(() -> OnnxGraph.read(file(graph)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("ConstantOfShape makes 1099511627776 values");
  }

  @Test
  void manyEmptyNodesAreRefusedBeforeTheyBecomeObjects() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    byte[] graph = new byte[2 * 2_100_000];
    for (int i = 0; i < graph.length; i += 2) {
      graph[i] = 1 << 3 | 2;
    }
    out.writeByteArray(7, graph);
    out.flush();

    assertThatThrownBy(() -> OnnxGraph.read(bytes.toByteArray()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith("the graph has more than 2000000 fields");
  }

  @Test
  void archiveIsNamedForWhatItIs() {
    assertThatThrownBy(() -> OnnxGraph.read(new byte[] {'P', 'K', 3, 4, 0, 0}))
        .hasMessageStartingWith("not an ONNX model: the file is a zip archive");
    assertThatThrownBy(() -> OnnxGraph.read(new byte[] {0x1f, (byte) 0x8b, 8}))
        .hasMessageStartingWith("not an ONNX model: the file is compressed by gzip");
  }

  private static void assertReadOrRefused(byte[] content) {
    try {
      OnnxGraph graph = OnnxGraph.read(content);
      switch (HeadRewrite.of(graph)) {
        case Rewritten rewritten -> assertThat(rewritten.outputs()).containsKey("evidence");
        case BlackBox box -> assertThat(box.reason()).isNotBlank();
      }
      assertThat(MetadataLabels.of(graph, 0)).isNotNull();
      assertThat(FreeBatch.of(graph)).isNotNull();
    } catch (ModelRefusedException expected) {
      assertThat(expected).message().isNotBlank();
    }
  }

  private static byte[] file(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .build()
        .toByteArray();
  }

  private static GraphProto.Builder oneNode(NodeProto.Builder node) {
    return GraphProto.newBuilder().setName("g").addNode(node.addOutput("y"));
  }

  private static byte[] classifier() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("g").metadata("classes", "[\"a\", \"b\"]");
    String x = b.input("image", 1, 3, 8, 8);
    String w = b.weights("w", new float[4 * 3 * 9], 4, 3, 3, 3);
    String bias = b.weights("b", new float[4], 4);
    String map = b.relu(b.conv(x, w, bias, new Window(3, 1, 1), 1));
    String p = b.operation("Reshape", b.globalAveragePool(map), b.longs("s", 1, 4));
    String z = b.operation("Gemm", p, b.weights("w1", new float[20], 4, 5));
    String h = b.operation("Mul", z, b.operation("Sigmoid", z));
    String y = b.operation("Gemm", Map.of("transB", 1), h, b.weights("w2", new float[10], 2, 5));
    b.output(b.operation("Softmax", y), "probabilities", 1, 2);
    return b.build();
  }
}

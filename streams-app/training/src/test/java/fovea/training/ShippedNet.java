package fovea.training;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import fovea.training.NetSpec.Stage;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a net back from its ONNX file. */
final class ShippedNet {
  private final Map<String, float[]> weights = new HashMap<>();

  private ShippedNet(ModelProto model) {
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      var floats =
          tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] values = new float[floats.remaining()];
      floats.get(values);
      weights.put(tensor.getName(), values);
    }
  }

  static FoldedNet read(byte[] onnx, NetSpec spec) throws InvalidProtocolBufferException {
    return new ShippedNet(ModelProto.parseFrom(onnx)).net(spec);
  }

  static LesionNet readLesions(byte[] onnx, NetSpec spec) throws InvalidProtocolBufferException {
    ShippedNet file = new ShippedNet(ModelProto.parseFrom(onnx));
    float[] offset = file.of("offset");
    FoldedNet maps = file.net(spec.trunk(), file.of("lesions.offset"));
    return new LesionNet(spec, maps, file.of("path.weight"), offset[offset.length - 1]);
  }

  private FoldedNet net(NetSpec spec) {
    return net(spec, of("offset"));
  }

  private FoldedNet net(NetSpec spec, float[] offset) {
    List<Convolution> stages = new ArrayList<>();
    for (Stage stage : spec.stages()) {
      String name = "stage" + (stages.size() + 1);
      stages.add(new Convolution(stage, of(name + ".weight"), of(name + ".bias")));
    }
    return new FoldedNet(spec, stages, of("head.weight"), offset);
  }

  private float[] of(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}

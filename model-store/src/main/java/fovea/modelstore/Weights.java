package fovea.modelstore;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** A weight's shape held against the numbers that are really there. */
final class Weights {
  private Weights() {}

  /** Numbers that a shape asks for; the greatest long where there are more than that. */
  static long size(List<Long> shape) {
    long size = 1;
    for (long extent : shape) {
      if (extent < 0) {
        throw new ModelRefusedException("a weight has a negative extent: " + shape);
      }
      size = extent != 0 && size > Long.MAX_VALUE / extent ? Long.MAX_VALUE : size * extent;
    }
    return size;
  }

  /** Refuses a tensor that claims another number of values than it holds. */
  static void check(TensorProto tensor) {
    long asked = size(tensor.getDimsList());
    int bits = bits(tensor.getDataType());
    if (bits == 0) {
      return;
    }
    boolean fits =
        tensor.hasRawData()
            ? asked <= Long.MAX_VALUE / bits && (asked * bits + 7) / 8 == tensor.getRawData().size()
            : bits < 8 || asked == listed(tensor);
    if (!fits) {
      throw new ModelRefusedException(
          "weight '%s' is of shape %s and holds %s"
              .formatted(
                  tensor.getName(),
                  tensor.getDimsList(),
                  tensor.hasRawData()
                      ? tensor.getRawData().size() + " bytes"
                      : listed(tensor) + " values"));
    }
  }

  private static long listed(TensorProto tensor) {
    return switch (tensor.getDataType()) {
      case TensorProto.DataType.FLOAT_VALUE -> tensor.getFloatDataCount();
      case TensorProto.DataType.DOUBLE_VALUE -> tensor.getDoubleDataCount();
      case TensorProto.DataType.INT64_VALUE -> tensor.getInt64DataCount();
      case TensorProto.DataType.UINT32_VALUE, TensorProto.DataType.UINT64_VALUE ->
          tensor.getUint64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  /** Bits of one value; 0 where values have no fixed size. */
  private static int bits(int type) {
    return switch (type) {
      case TensorProto.DataType.DOUBLE_VALUE,
          TensorProto.DataType.INT64_VALUE,
          TensorProto.DataType.UINT64_VALUE ->
          64;
      case TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.INT32_VALUE,
          TensorProto.DataType.UINT32_VALUE ->
          32;
      case TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE,
          TensorProto.DataType.INT16_VALUE,
          TensorProto.DataType.UINT16_VALUE ->
          16;
      case TensorProto.DataType.INT8_VALUE,
          TensorProto.DataType.UINT8_VALUE,
          TensorProto.DataType.BOOL_VALUE ->
          8;
      default -> 0;
    };
  }
}

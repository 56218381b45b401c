package fovea.modelstore;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;

/** Looks for weights that lie in other files, anywhere in a model. */
final class ExternalData {
  private ExternalData() {}

  static void refuse(ModelProto model) {
    graph(model.getGraph());
    model
        .getFunctionsList()
        .forEach(function -> function.getNodeList().forEach(ExternalData::node));
    model
        .getTrainingInfoList()
        .forEach(
            info -> {
              graph(info.getInitialization());
              graph(info.getAlgorithm());
            });
  }

  private static void graph(GraphProto graph) {
    graph.getInitializerList().forEach(ExternalData::tensor);
    graph.getSparseInitializerList().forEach(ExternalData::sparse);
    graph.getNodeList().forEach(ExternalData::node);
  }

  private static void node(NodeProto node) {
    node.getAttributeList().forEach(ExternalData::attribute);
  }

  private static void attribute(AttributeProto attribute) {
    tensor(attribute.getT());
    attribute.getTensorsList().forEach(ExternalData::tensor);
    sparse(attribute.getSparseTensor());
    attribute.getSparseTensorsList().forEach(ExternalData::sparse);
    if (attribute.hasG()) {
      graph(attribute.getG());
    }
    attribute.getGraphsList().forEach(ExternalData::graph);
  }

  private static void sparse(SparseTensorProto sparse) {
    tensor(sparse.getValues());
    tensor(sparse.getIndices());
  }

  private static void tensor(TensorProto tensor) {
    if (tensor.getExternalDataCount() > 0
        || tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new ModelRefusedException(
          "weights lie in another file: '%s'; put them into the ONNX file itself"
              .formatted(tensor.getName()));
    }
  }
}

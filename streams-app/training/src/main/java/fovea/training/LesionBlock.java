package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Lesion maps, their pooled values, and the diagnosis made of these alone: N×3×H×W to {@code
 * [logits, evidence, offset, lesions]}, the diagnosis last.
 */
final class LesionBlock extends NetBlock {
  /** Where the lesions' activation maps are in what comes out. */
  static final int LESIONS = 3;

  /** Of the lesions' weights, before the function that keeps them above 0. */
  private static final float FIRST_WEIGHT = 4;

  private static final float FIRST_BIAS = -2;

  private final NetSpec spec;
  private final float sharpness;
  private final EvidenceBlock maps;
  private final Parameter weights;
  private final Parameter bias;

  LesionBlock(NetSpec spec, double sharpness, float momentum) {
    this.spec = spec;
    this.sharpness = (float) sharpness;
    this.maps = addChildBlock("maps", new EvidenceBlock(spec.trunk(), momentum, 1));
    this.weights = addParameter(numbers("weights", spec.trunk().labels(), FIRST_WEIGHT));
    this.bias = addParameter(numbers("bias", 1, FIRST_BIAS));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray x = inputs.head();
    NDList trunk = maps.forward(store, inputs, training);
    NDArray offset = trunk.get(2);
    NDArray w = Activation.softPlus(store.getValue(weights, x.getDevice(), training));
    NDArray b = store.getValue(bias, x.getDevice(), training);
    Pooled pooled = pooled(trunk.get(1));
    NDArray logits = pooled.value().add(offset);
    NDArray added = Activation.sigmoid(logits).mul(w);
    NDArray through = pooled.spread(added).sum(new int[] {1}, true);
    return new NDList(
        logits.concat(added.sum(new int[] {1}, true).add(b), 1),
        grid(pooled.spread(pooled.value()).concat(through, 1)),
        offset.concat(b, 0),
        trunk.get(1).add(offset.reshape(1, offset.size(), 1, 1)));
  }

  /**
   * Maps as one number each.
   *
   * @param value N×K
   * @param share N×K×cells, mean 1
   */
  private record Pooled(NDArray value, NDArray share) {

    /** N×K×cells, whose means are {@code of}. */
    NDArray spread(NDArray of) {
      return share.mul(of.expandDims(2));
    }
  }

  private Pooled pooled(NDArray maps) {
    NDArray cells = maps.reshape(maps.getShape().get(0), maps.getShape().get(1), -1);
    NDArray greatest = cells.max(new int[] {2}, true);
    NDArray weight = cells.sub(greatest).mul(sharpness).exp();
    NDArray mean = weight.mean(new int[] {2}, true);
    return new Pooled(greatest.add(mean.log().div(sharpness)).squeeze(2), weight.div(mean));
  }

  private NDArray grid(NDArray cells) {
    return cells.reshape(cells.getShape().get(0), spec.labels(), spec.grid(), spec.grid());
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    maps.initialize(manager, type, shapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    long n = shapes[0].get(0);
    return new Shape[] {
      new Shape(n, spec.labels()),
      new Shape(n, spec.labels(), spec.grid(), spec.grid()),
      new Shape(spec.labels()),
      new Shape(n, spec.trunk().labels(), spec.grid(), spec.grid())
    };
  }

  @Override
  LesionNet folded() {
    float[] raw = weights.getArray().toFloatArray();
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (float) (Math.max(raw[i], 0) + Math.log1p(Math.exp(-Math.abs(raw[i]))));
    }
    return new LesionNet(spec, maps.folded(), raw, bias.getArray().toFloatArray()[0]);
  }
}

package fovea.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** A {@link NetSpec} as DJL trains it: N×3×H×W to {@code [logits, evidence, offset]}. */
final class EvidenceBlock extends NetBlock {
  private static final float EPSILON = 1e-5f;

  /** Few cells speak for a label; without a gain the mean over all would learn slowly. */
  private static final float GAIN_PER_CELL = 1 / 6f;

  /** Where one of few labels is always present, much of the image speaks for it. */
  private static final float CONTRAST_GAIN = 1;

  /** Most images lack most labels: the net starts from there, and maps from zero. */
  private static final float FIRST_OFFSET = -2;

  private final NetSpec spec;
  private final float gain;
  private final SequentialBlock body;
  private final Block head;
  private final Parameter offset;

  /**
   * @param momentum of the running means that stand in for a batch's own when nothing is learnt
   * @param gain what the head's output is multiplied by
   */
  EvidenceBlock(NetSpec spec, float momentum, float gain) {
    this.spec = spec;
    this.gain = gain;
    this.body = addChildBlock("body", new SequentialBlock());
    for (NetSpec.Stage stage : spec.stages()) {
      body.add(convolution(stage));
      body.add(BatchNorm.builder().optEpsilon(EPSILON).optMomentum(momentum).build());
      body.add(Activation::relu);
    }
    this.head =
        addChildBlock(
            "head", convolution(new NetSpec.Stage(spec.features(), spec.labels(), 1, 1, 0)));
    this.offset =
        addParameter(numbers("offset", spec.labels(), spec.contrast() ? 0 : FIRST_OFFSET));
  }

  private static Conv2d convolution(NetSpec.Stage stage) {
    return Conv2d.builder()
        .setFilters(stage.out())
        .setKernelShape(new Shape(stage.kernel(), stage.kernel()))
        .optStride(new Shape(stage.stride(), stage.stride()))
        .optPadding(new Shape(stage.pad(), stage.pad()))
        .optBias(false)
        .build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray x = inputs.head();
    NDList features = body.forward(store, inputs, training);
    NDArray evidence = contrast(head.forward(store, features, training).head().mul(gain), 1);
    long cells = (long) spec.grid() * spec.grid();
    NDArray mean = evidence.reshape(x.getShape().get(0), spec.labels(), cells).mean(new int[] {2});
    NDArray bias = contrast(store.getValue(offset, x.getDevice(), training), 0);
    return new NDList(mean.add(bias), evidence, bias);
  }

  /** What is common to all labels says nothing of any, where they exclude each other. */
  private NDArray contrast(NDArray values, int axis) {
    return spec.contrast() ? values.sub(values.mean(new int[] {axis}, true)) : values;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    body.initialize(manager, type, shapes);
    head.initialize(manager, type, body.getOutputShapes(shapes));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    long n = shapes[0].get(0);
    return new Shape[] {
      new Shape(n, spec.labels()),
      new Shape(n, spec.labels(), spec.grid(), spec.grid()),
      new Shape(spec.labels())
    };
  }

  @Override
  FoldedNet folded() {
    List<Convolution> stages = new ArrayList<>();
    List<Block> children = body.getChildren().values();
    for (int i = 0; i < spec.stages().size(); i++) {
      stages.add(fold(spec.stages().get(i), children.get(3 * i), children.get(3 * i + 1)));
    }
    float[] weights = values(head, "weight");
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= gain;
    }
    float[] bias = offset.getArray().toFloatArray();
    if (spec.contrast()) {
      centre(weights);
      centre(bias);
    }
    return new FoldedNet(spec, stages, weights, bias);
  }

  /** Takes from each of the labels' rows the mean over labels. */
  private void centre(float[] rows) {
    int width = rows.length / spec.labels();
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int l = 0; l < spec.labels(); l++) {
        sum += rows[l * width + i];
      }
      for (int l = 0; l < spec.labels(); l++) {
        rows[l * width + i] = (float) (rows[l * width + i] - sum / spec.labels());
      }
    }
  }

  /** y = gamma (Wx − mean) / sqrt(variance + epsilon) + beta is again a convolution. */
  private static Convolution fold(NetSpec.Stage stage, Block convolution, Block normalisation) {
    float[] weights = values(convolution, "weight");
    float[] gamma = values(normalisation, "gamma");
    float[] beta = values(normalisation, "beta");
    float[] mean = values(normalisation, "runningMean");
    float[] variance = values(normalisation, "runningVar");
    int fan = weights.length / stage.out();
    float[] bias = new float[stage.out()];
    for (int o = 0; o < stage.out(); o++) {
      double factor = gamma[o] / Math.sqrt(variance[o] + (double) EPSILON);
      bias[o] = (float) (beta[o] - factor * mean[o]);
      for (int i = o * fan; i < (o + 1) * fan; i++) {
        weights[i] = (float) (factor * weights[i]);
      }
    }
    return new Convolution(stage, weights, bias);
  }

  private static float[] values(Block block, String parameter) {
    return block.getParameters().get(parameter).getArray().toFloatArray();
  }

  /** What the head's output is multiplied by, where the mean of cells is the logit. */
  static float gain(NetSpec spec) {
    return spec.contrast() ? CONTRAST_GAIN : GAIN_PER_CELL * spec.grid() * spec.grid();
  }
}

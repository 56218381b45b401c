package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A manifest and a graph that agree: what goes in, and how to read what comes out. Immutable. */
final class GraphContract {
  private final Manifest manifest;
  private final boolean oneByOne;
  private final ExtraReader extras;

  private GraphContract(Manifest manifest, boolean oneByOne) {
    this.manifest = manifest;
    this.oneByOne = oneByOne;
    this.extras = new ExtraReader(manifest);
  }

  /**
   * Holds the graph against its manifest; extents that the graph leaves open are held against it in
   * every call.
   *
   * @throws ModelRefusedException naming what differs
   */
  static GraphContract of(Manifest manifest, OnnxGraph graph) {
    Tensor input = GraphShapes.input(manifest, graph);
    boolean fixed = GraphShapes.batch(input) == 1;
    for (String role : manifest.outputs().keySet().stream().sorted().toList()) {
      fixed |= GraphShapes.batch(GraphShapes.output(role, manifest, graph)) == 1;
    }
    return new GraphContract(manifest, fixed);
  }

  /** The same, every image in a call of its own. */
  GraphContract imagesOneByOne() {
    return new GraphContract(manifest, true);
  }

  Manifest.Input input() {
    return manifest.input();
  }

  boolean oneByOne() {
    return oneByOne;
  }

  ImageBatch batch(int count) {
    Manifest.Input in = manifest.input();
    return new ImageBatch(count, in.channels(), in.height(), in.width());
  }

  /** Refuses a batch of other images than the model's: a caller's mistake. */
  void check(ImageBatch batch) {
    Manifest.Input in = manifest.input();
    if (batch.channels() != in.channels()
        || batch.height() != in.height()
        || batch.width() != in.width()) {
      throw new IllegalArgumentException(
          "the model takes %dx%dx%d, the batch holds %dx%dx%d"
              .formatted(
                  in.channels(),
                  in.height(),
                  in.width(),
                  batch.channels(),
                  batch.height(),
                  batch.width()));
    }
  }

  /** One {@link Outputs} per image of a call. */
  List<Outputs> read(NamedOutputs outputs, int count) {
    int labels = manifest.labels().size();
    if (manifest.blackBox()) {
      return logitsAlone(outputs, count);
    }
    String evidenceName = name("evidence");
    long[] grid = outputs.shape(evidenceName);
    expect("evidence", grid, count, 4);
    expect("logits", outputs.shape(name("logits")), count, 2);
    float[] logits = outputs.floats(name("logits"));
    float[] evidence = outputs.floats(evidenceName);
    float[] offset = offset(outputs, count);
    int height = Math.toIntExact(grid[2]);
    int width = Math.toIntExact(grid[3]);
    List<Outputs> images = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      images.add(
          new Outputs(
              part(logits, i, labels),
              part(evidence, i, labels * height * width),
              part(offset, i, labels),
              height,
              width));
    }
    return extras.read(outputs, images);
  }

  private List<Outputs> logitsAlone(NamedOutputs outputs, int count) {
    expect("logits", outputs.shape(name("logits")), count, 2);
    float[] logits = outputs.floats(name("logits"));
    return IntStream.range(0, count)
        .mapToObj(i -> Outputs.ofLogits(part(logits, i, manifest.labels().size())))
        .toList();
  }

  private float[] offset(NamedOutputs outputs, int count) {
    int labels = manifest.labels().size();
    if (manifest.outputs().containsKey("offset")) {
      expect("offset", outputs.shape(name("offset")), count, 2);
      return outputs.floats(name("offset"));
    }
    float[] all = new float[count * labels];
    for (int i = 0; i < all.length && !manifest.offset().isEmpty(); i++) {
      all[i] = manifest.offset().get(i % labels);
    }
    return all;
  }

  private void expect(String role, long[] shape, int count, int rank) {
    if (shape.length != rank || shape[0] != count || shape[1] != manifest.labels().size()) {
      throw new IllegalStateException(
          "%s has shape %s for %d images and %d labels"
              .formatted(role, Arrays.toString(shape), count, manifest.labels().size()));
    }
  }

  private static float[] part(float[] all, int index, int size) {
    return all.length == size ? all : Arrays.copyOfRange(all, index * size, (index + 1) * size);
  }

  private String name(String role) {
    String name = manifest.outputs().get(role);
    if (name == null) {
      throw new IllegalStateException("the manifest names no output for " + role);
    }
    return name;
  }
}

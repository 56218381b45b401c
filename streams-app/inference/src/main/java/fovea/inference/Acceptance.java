package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.Readings;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a model must show before it serves: that this engine computes what its author's did, and
 * that its evidence explains its logits. Of a black box, which has none, only the first is asked.
 */
final class Acceptance {
  private static final int IMAGES = 4;
  private static final int WARM_UP_CALLS = 5;
  private static final double OTHER_KERNELS = 1e-4;

  private final Manifest manifest;
  private final GraphContract contract;
  private final Classifier classifier;
  private final Manifest.Tolerances tolerances;

  Acceptance(Manifest manifest, GraphContract contract, Classifier classifier) {
    this.manifest = manifest;
    this.contract = contract;
    this.classifier = classifier;
    this.tolerances = tolerances(manifest, classifier.engine());
  }

  /**
   * What counts as equal on this engine: other kernels than the CPU's add up in another order, and
   * other precisions round.
   */
  static Manifest.Tolerances tolerances(Manifest manifest, EngineReport engine) {
    Manifest.Tolerances said = manifest.tolerances().in(engine.precision());
    return ParityGate.isReference(engine)
        ? said
        : new Manifest.Tolerances(said.residual(), Math.max(said.parity(), OTHER_KERNELS));
  }

  /** Refuses the model if the parity vectors do not come out again. */
  void parity(ParityVectors vectors) {
    ImageBatch batch = contract.batch(vectors.count());
    float[] input = vectors.input().values();
    if (4 * input.length != batch.bytes().capacity()) {
      throw new ModelRefusedException(
          "parity input of shape %s does not fit the model's %dx%dx%d"
              .formatted(vectors.input().shape(), batch.channels(), batch.height(), batch.width()));
    }
    FloatBuffer into = batch.bytes().asFloatBuffer();
    into.put(input);
    List<Outputs> found = run(batch);
    compare("logits", vectors.logits().values(), logits(found));
    if (vectors.explained() == manifest.blackBox()) {
      throw new ModelRefusedException(
          "parity vectors hold evidence where the graph gives it, and only there");
    }
    if (vectors.explained()) {
      compare("evidence", vectors.evidence().values(), evidence(found));
    }
  }

  /** Refuses the model if evidence and logits disagree on seeded images, or are no numbers. */
  void residual() {
    for (Outputs outputs : run(new SeededImages(manifest.input()).batch(IMAGES))) {
      if (!outputs.finite()) {
        throw new ModelRefusedException("the model gives NaN or infinity");
      }
      if (!outputs.additive()) {
        continue;
      }
      double greatest = Math.max(1, greatest(evidence(List.of(outputs))));
      double limit = tolerances.residual() * greatest;
      if (!(outputs.residual() <= limit)) {
        throw new ModelRefusedException(
            "logits are not mean(evidence) + offset: they differ by %s, allowed is %s"
                .formatted(outputs.residual(), limit));
      }
      if (manifest.link() == Link.SOFTMAX && !(Contrast.imbalance(outputs) <= limit)) {
        throw new ModelRefusedException(
            "softmax evidence must sum to 0 over labels: a cell's mean is %s, allowed is %s"
                .formatted(Contrast.imbalance(outputs), limit));
      }
    }
  }

  /** Refuses the model if its further outputs are not what its readings say, on seeded images. */
  void readings(Readings readings) {
    if (!readings.isEmpty()) {
      new ReadingsCheck(manifest, readings, tolerances.residual())
          .check(run(new SeededImages(manifest.input()).batch(IMAGES)));
    }
  }

  /**
   * Whether images give the same alone as in a batch: on the CPU the same bits; GPUs choose kernels
   * by the batch, and there equal within the tolerance is equal.
   */
  boolean batchInvariant() {
    if (contract.oneByOne()) {
      return true;
    }
    ImageBatch batch = new SeededImages(manifest.input()).batch(IMAGES);
    List<Outputs> together = run(batch);
    for (int i = 0; i < IMAGES; i++) {
      ImageBatch alone = contract.batch(1);
      alone.image(0).put(batch.image(i));
      List<Outputs> one = run(alone);
      List<Outputs> same = List.of(together.get(i));
      if (!same(evidence(same), evidence(one)) || !same(logits(same), logits(one))) {
        return false;
      }
    }
    return true;
  }

  private boolean same(float[] together, float[] alone) {
    if (ParityGate.isReference(classifier.engine())) {
      return Arrays.equals(together, alone);
    }
    double limit = tolerances.parity() * Math.max(1, greatest(together));
    boolean same = together.length == alone.length;
    for (int i = 0; same && i < together.length; i++) {
      same = Math.abs(together[i] - alone[i]) <= limit;
    }
    return same;
  }

  /** Lets the engine allocate what it will need. */
  void warmUp() {
    ImageBatch batch = new SeededImages(manifest.input()).batch(1);
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      run(batch);
    }
  }

  private List<Outputs> run(ImageBatch batch) {
    return Calls.run(classifier, batch);
  }

  private void compare(String what, float[] expected, float[] found) {
    if (expected.length != found.length) {
      throw new ModelRefusedException(
          "parity: %d values of %s, expected %d".formatted(found.length, what, expected.length));
    }
    double limit = tolerances.parity() * Math.max(1, greatest(expected));
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - found[i]) <= limit)) {
        throw new ModelRefusedException(
            "parity: %s[%d] is %s, the author's engine gave %s, allowed difference %s"
                .formatted(what, i, found[i], expected[i], limit));
      }
    }
  }

  static float[] logits(List<Outputs> images) {
    return join(images.stream().map(Outputs::logits).toList());
  }

  /** Of all images and labels; nothing of a black box. */
  static float[] evidence(List<Outputs> images) {
    List<float[]> parts = new ArrayList<>();
    for (Outputs image : images) {
      for (int label = 0; image.explained() && label < image.labels(); label++) {
        parts.add(image.evidence(label));
      }
    }
    return join(parts);
  }

  private static float[] join(List<float[]> parts) {
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    return all.array();
  }

  private static double greatest(float[] values) {
    double greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}

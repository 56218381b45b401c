package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.ParityVectors;
import fovea.modelstore.ParityVectors.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A graph that is run before anyone accepted it. Thread-confined; its opener closes it. */
final class Trial implements AutoCloseable {
  private final GraphContract contract;
  private final Classifier classifier;

  /** Loads the graph in these bytes. */
  Trial(OnnxEngine engine, Manifest manifest, byte[] onnx) {
    this.contract = GraphContract.of(manifest, OnnxGraph.read(onnx));
    try {
      Path file = Files.createTempFile("fovea-trial-", ".onnx");
      try {
        Files.write(file, onnx);
        this.classifier = engine.open(GraphFile.of(file), contract);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  /** The outputs of a batch of one image. */
  Outputs run(ImageBatch image) {
    return Calls.run(classifier, image).getFirst();
  }

  /** The outputs of a batch's images, each run alone. */
  List<Outputs> runOneByOne(ImageBatch batch) {
    List<Outputs> outputs = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      ImageBatch one = contract.batch(1);
      one.image(0).put(batch.image(i));
      outputs.add(run(one));
    }
    return outputs;
  }

  /** The outputs of a batch's images, run together as far as the graph takes them together. */
  List<Outputs> runTogether(ImageBatch batch) {
    return Calls.run(classifier, batch);
  }

  /** How long one image takes. */
  Duration forward() {
    return ForwardTime.of(classifier, contract.input());
  }

  /** What the graph gives of these images, each run alone. */
  ParityVectors parity(ImageBatch batch) {
    List<Outputs> outputs = runOneByOne(batch);
    Outputs first = outputs.getFirst();
    long images = batch.count();
    float[] input = new float[batch.bytes().capacity() / Float.BYTES];
    batch.bytes().asFloatBuffer().get(input);
    Tensor in =
        new Tensor(
            List.of(images, (long) batch.channels(), (long) batch.height(), (long) batch.width()),
            input);
    Tensor logits = new Tensor(List.of(images, (long) first.labels()), Acceptance.logits(outputs));
    if (!first.explained()) {
      return new ParityVectors(in, logits);
    }
    List<Long> maps =
        List.of(images, (long) first.labels(), (long) first.gridHeight(), (long) first.gridWidth());
    return new ParityVectors(in, logits, new Tensor(maps, Acceptance.evidence(outputs)));
  }

  /** Whether a batch's logits and evidence are those of its images alone, to a relative limit. */
  boolean batchMatches(ImageBatch batch, double tolerance) {
    List<Outputs> together = Calls.run(classifier, batch);
    List<Outputs> alone = runOneByOne(batch);
    return near(Acceptance.logits(alone), Acceptance.logits(together), tolerance)
        && near(Acceptance.evidence(alone), Acceptance.evidence(together), tolerance);
  }

  private static boolean near(float[] expected, float[] found, double tolerance) {
    double greatest = 1;
    for (float value : expected) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    boolean near = expected.length == found.length;
    for (int i = 0; near && i < expected.length; i++) {
      near = Math.abs(expected[i] - found[i]) <= tolerance * greatest;
    }
    return near;
  }

  /** What the graph takes. */
  Manifest.Input input() {
    return contract.input();
  }

  /** Whether images give the same bits alone as in a batch. */
  boolean batchInvariant(Manifest manifest) {
    return new Acceptance(manifest, contract, classifier).batchInvariant();
  }

  @Override
  public void close() {
    classifier.close();
  }
}

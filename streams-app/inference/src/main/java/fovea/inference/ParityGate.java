package fovea.inference;

import fovea.core.explainer.blackbox.LogitProbe;
import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ParityVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model must show before it serves on another engine or in another precision: the maps that
 * the CPU gives in fp32. Equal probabilities do not make equal maps.
 */
final class ParityGate {
  private static final int SEEDED_IMAGES = 8;
  private static final int MASKED_IMAGES = 16;

  private final Manifest manifest;
  private final GraphContract contract;

  ParityGate(Manifest manifest, GraphContract contract) {
    this.manifest = manifest;
    this.contract = contract;
  }

  /** Whether this engine is what others are held against. */
  static boolean isReference(EngineReport report) {
    return report.provider().equals(Provider.CPU.label())
        && report.precision().equals(Precision.FP32.label());
  }

  /**
   * Runs both on the model's parity images and on seeded ones. Maps of a black box cost many runs,
   * so that of it the parity images alone are explained, by both.
   */
  ParityResult compare(ParityVectors vectors, Classifier reference, Classifier candidate) {
    MapParity parity = parity(candidate.engine());
    ImageBatch own = contract.batch(vectors.count());
    own.bytes().asFloatBuffer().put(vectors.input().values());
    add(parity, own, reference, candidate);
    int seeded = manifest.blackBox() ? 0 : SEEDED_IMAGES;
    for (ImageBatch image : new SeededImages(manifest.input()).singles(seeded)) {
      add(parity, image, reference, candidate);
    }
    return parity.result();
  }

  /** For pairs of outputs of an engine's and the reference's. */
  MapParity parity(EngineReport candidate) {
    String name = candidate.provider() + " " + candidate.precision();
    return new MapParity(manifest, name, Acceptance.tolerances(manifest, candidate).parity());
  }

  private void add(
      MapParity parity, ImageBatch images, Classifier reference, Classifier candidate) {
    List<Outputs> expected = explained(reference, images);
    List<Outputs> found = explained(candidate, images);
    for (int i = 0; i < expected.size(); i++) {
      parity.add(expected.get(i), found.get(i));
    }
  }

  private List<Outputs> explained(Classifier classifier, ImageBatch images) {
    List<Outputs> outputs = Calls.run(classifier, images);
    if (!manifest.blackBox()) {
      return outputs;
    }
    LogitProbe probe =
        new LogitProbe(
            manifest.probePlan(), MASKED_IMAGES, masked -> Calls.run(classifier, masked));
    List<Outputs> out = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      ImageBatch one = contract.batch(1);
      one.image(0).put(images.image(i));
      out.add(probe.explained("parity-" + i, one, outputs.get(i)));
    }
    return out;
  }
}

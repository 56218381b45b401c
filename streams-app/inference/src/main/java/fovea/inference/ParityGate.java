package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.modelstore.ParityVectors;
import java.util.List;

/**
 * What a model must show before it serves on another engine or in another precision: the maps that
 * the CPU gives in fp32. Equal probabilities do not make equal maps.
 */
final class ParityGate {
  private static final int SEEDED_IMAGES = 8;

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

  /** Runs both on the model's parity images and on seeded ones. */
  ParityResult compare(ParityVectors vectors, Classifier reference, Classifier candidate) {
    MapParity parity = parity(candidate.engine());
    ImageBatch own = contract.batch(vectors.count());
    own.bytes().asFloatBuffer().put(vectors.input().values());
    add(parity, own, reference, candidate);
    for (ImageBatch image : new SeededImages(manifest.input()).singles(SEEDED_IMAGES)) {
      add(parity, image, reference, candidate);
    }
    return parity.result();
  }

  /** For pairs of outputs of an engine's and the reference's. */
  MapParity parity(EngineReport candidate) {
    String name = candidate.provider() + " " + candidate.precision();
    return new MapParity(manifest, name, Acceptance.tolerances(manifest, candidate).parity());
  }

  private static void add(
      MapParity parity, ImageBatch images, Classifier reference, Classifier candidate) {
    List<Outputs> expected = Calls.run(reference, images);
    List<Outputs> found = Calls.run(candidate, images);
    for (int i = 0; i < expected.size(); i++) {
      parity.add(expected.get(i), found.get(i));
    }
  }
}

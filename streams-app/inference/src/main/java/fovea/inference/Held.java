package fovea.inference;

import fovea.core.inference.Classifier;
import java.util.Optional;

/** Engines of a model that is not accepted yet: what nobody takes is closed. Thread-confined. */
final class Held implements AutoCloseable {
  private Optional<Classifier> classifier;
  private Optional<Classifier> reference = Optional.empty();

  Held(Classifier classifier) {
    this.classifier = Optional.of(classifier);
  }

  void reference(Classifier cpu) {
    reference = Optional.of(cpu);
  }

  /** What the classifier is held against; empty where it is the reference itself. */
  Optional<Classifier> reference() {
    return reference;
  }

  /** The classifier, which is the caller's from now on. */
  Classifier releaseClassifier() {
    Classifier released = classifier.orElseThrow();
    classifier = Optional.empty();
    return released;
  }

  /** Both, which are the caller's from now on. */
  LiveParity.Pair releaseBoth() {
    LiveParity.Pair pair = new LiveParity.Pair(releaseClassifier(), reference.orElseThrow());
    reference = Optional.empty();
    return pair;
  }

  @Override
  public void close() {
    classifier.ifPresent(Classifier::close);
    reference.ifPresent(Classifier::close);
  }
}

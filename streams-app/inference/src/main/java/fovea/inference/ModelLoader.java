package fovea.inference;

import ai.djl.Model;
import fovea.core.inference.InferenceException;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads models in the order digest, contract, parity vectors, residual, warm-up; the first that
 * fails refuses the model.
 *
 * <p>Where an image's outputs would depend on the batch it is in, images are run one by one, so
 * that inference stays a pure function of the image. Thread-safe.
 */
public final class ModelLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);
  private final OnnxEngine engine;

  public ModelLoader(InferenceConfig config) {
    this.engine = new OnnxEngine(config);
  }

  /** A classifier that is ready, or the reason why there is none. */
  public Loading load(StoredModel stored) {
    try {
      return open(stored);
    } catch (ModelRefusedException | UncheckedIOException e) {
      return new Loading.Refused(stored.ref() + ": " + e.getMessage());
    } catch (InferenceException e) {
      return new Loading.Refused(stored.ref() + ": " + e.getMessage() + ": " + cause(e));
    }
  }

  private Loading open(StoredModel stored) {
    OnnxGraph graph = OnnxGraph.read(stored.read(StoredModel.ONNX));
    GraphContract contract = GraphContract.of(stored.manifest(), graph);
    Model model = engine.load(stored.onnx());
    DjlClassifier classifier = new DjlClassifier(model, engine.report(), contract);
    boolean accepted = false;
    try {
      Acceptance acceptance = new Acceptance(stored.manifest(), contract, classifier);
      acceptance.parity(stored.parity());
      acceptance.residual();
      boolean invariant = acceptance.batchInvariant();
      acceptance.warmUp();
      accepted = true;
      return new Loading.Ready(stored, invariant ? classifier : oneByOne(stored, classifier));
    } finally {
      if (!accepted) {
        classifier.close();
      }
    }
  }

  private static DjlClassifier oneByOne(StoredModel stored, DjlClassifier classifier) {
    LOG.atInfo()
        .addKeyValue("model", stored.ref())
        .log("outputs depend on the batch: images are run one by one");
    return classifier.imagesOneByOne();
  }

  static String cause(InferenceException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }
}

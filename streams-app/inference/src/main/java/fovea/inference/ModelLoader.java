package fovea.inference;

import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.InferenceException;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads models in the order digest, contract, parity vectors, residual, readings, parity of maps
 * with the CPU where something else runs them, warm-up; the first that fails refuses the model.
 *
 * <p>Where an image's outputs would depend on the batch it is in, images are run one by one, so
 * that inference stays a pure function of the image. Thread-safe.
 */
public final class ModelLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);
  private final EngineRoom engines;
  private final EngineRoom reference;
  private final LivePlan live;

  /** Without a comparison of live images. */
  public ModelLoader(InferenceConfig config) {
    this(config, new LivePlan(0, new CompositeMeterRegistry()));
  }

  /** With live images compared as {@code live} says, where another engine than the CPU serves. */
  public ModelLoader(InferenceConfig config, LivePlan live) {
    this(new OnnxEngine(config), new OnnxEngine(config.reference()), live);
  }

  /**
   * With engines of one's own.
   *
   * @param engines what models serve on
   * @param reference the CPU, fp32
   */
  ModelLoader(EngineRoom engines, EngineRoom reference, LivePlan live) {
    this.engines = engines;
    this.reference = reference;
    this.live = live;
  }

  /** A classifier that is ready, or the reason why there is none. */
  public Loading load(StoredModel stored) {
    try {
      OnnxGraph graph = OnnxGraph.read(stored.read(StoredModel.ONNX));
      return open(stored, GraphContract.of(stored.manifest(), graph));
    } catch (ModelRefusedException | UncheckedIOException e) {
      return new Loading.Refused(stored.ref() + ": " + e.getMessage());
    } catch (InferenceException e) {
      return new Loading.Refused(stored.ref() + ": " + e.getMessage() + ": " + cause(e));
    }
  }

  private Loading open(StoredModel stored, GraphContract contract) {
    Classifier classifier = engines.open(GraphFile.of(stored, contract), contract);
    try (Held held = new Held(classifier)) {
      if (!ParityGate.isReference(classifier.engine())) {
        held.reference(reference.open(GraphFile.of(stored, contract), contract));
      }
      ParityGate gate = new ParityGate(stored.manifest(), contract);
      Optional<ParityResult> parity =
          held.reference().map(cpu -> gate.compare(stored.parity(), cpu, classifier));
      parity.flatMap(ParityResult::objection).ifPresent(ModelLoader::refuse);
      Acceptance acceptance = new Acceptance(stored.manifest(), contract, classifier);
      acceptance.parity(stored.parity());
      acceptance.residual();
      acceptance.readings(stored.readings());
      if (!acceptance.batchInvariant()) {
        LOG.atInfo()
            .addKeyValue("model", stored.ref())
            .log("outputs depend on the batch: images are run one by one");
        return open(stored, contract.imagesOneByOne());
      }
      acceptance.warmUp();
      tell(stored, classifier.engine(), parity);
      return new Loading.Ready(stored, serving(stored, gate, held), parity);
    }
  }

  private static void tell(StoredModel stored, EngineReport engine, Optional<ParityResult> parity) {
    if (!engine.skipped().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("model", stored.ref())
          .log("runs on {}: {}", engine.provider(), String.join("; ", engine.skipped()));
    }
    parity.ifPresent(
        result -> LOG.atInfo().addKeyValue("model", stored.ref()).log("parity: {}", result.text()));
  }

  private static void refuse(String reason) {
    throw new ModelRefusedException(reason);
  }

  /** What serves, released from {@code held}. */
  private Classifier serving(StoredModel stored, ParityGate gate, Held held) {
    if (held.reference().isEmpty() || live.every() == 0) {
      return held.releaseClassifier();
    }
    ParityMeters meters = new ParityMeters(stored.ref(), live.meters());
    LiveParity.Pair pair = held.releaseBoth();
    return new LiveParity(pair, gate::parity, live.every(), meters);
  }

  static String cause(InferenceException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? "" : String.valueOf(cause.getMessage());
  }
}

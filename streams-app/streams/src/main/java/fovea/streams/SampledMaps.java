package fovea.streams;

import fovea.core.explainer.blackbox.ImageSeed;
import fovea.core.explainer.blackbox.LogitProbe;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The sampled lane: maps of a black box, for the share of images that its manifest says. Which
 * images, and what their maps are, follows from the images alone where the engine's answers do. Of
 * a model that gives its own evidence nothing more is asked. Thread-confined.
 *
 * <p>No image is lost for its map: where the engine fails on a masked image, or the time is up,
 * there is none.
 */
final class SampledMaps {
  private final Manifest manifest;
  private final int batch;
  private final Duration most;
  private final Function<ImageBatch, List<Outputs>> model;

  /**
   * @param batch masked images of one batch at most
   * @param most how long the maps of one image may take before they are given up
   * @param model what runs it, and waits
   */
  SampledMaps(
      Manifest manifest, int batch, Duration most, Function<ImageBatch, List<Outputs>> model) {
    this.manifest = manifest;
    this.batch = batch;
    this.most = most;
    this.model = model;
  }

  /**
   * With maps, where there are to be some.
   *
   * @param tensor the image as the model took it
   * @param outputs what it gave
   */
  Mapped of(String imageId, ImageBatch tensor, Outputs outputs) {
    Optional<Manifest.Probe> probe = manifest.explainer().probe();
    if (probe.isEmpty()) {
      return new Mapped(outputs, MapFate.OWN, 0);
    }
    if (!ImageSeed.sampled(imageId, probe.get().share())) {
      return new Mapped(outputs, MapFate.NOT_SAMPLED, 0);
    }
    long begun = System.nanoTime();
    LogitProbe asking =
        new LogitProbe(manifest.probePlan(), batch, masked -> inTime(masked, begun));
    try {
      Outputs explained = asking.explained(imageId, tensor, outputs);
      return new Mapped(explained, MapFate.MADE, System.nanoTime() - begun);
    } catch (InferenceException e) {
      return new Mapped(outputs, MapFate.FAILED, System.nanoTime() - begun);
    }
  }

  private List<Outputs> inTime(ImageBatch masked, long begun) {
    if (System.nanoTime() - begun > most.toNanos()) {
      throw new InferenceException(
          "the maps of one image take longer than " + most, new TimeoutException());
    }
    return model.apply(masked);
  }
}

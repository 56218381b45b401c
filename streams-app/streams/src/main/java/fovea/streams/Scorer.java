package fovea.streams;

import fovea.core.frame.Acquisition;
import fovea.core.frame.Placement;
import fovea.core.frame.Transform;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.schema.Measured;
import fovea.schema.ScreeningImage;
import fovea.streams.application.StreamsSettings;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Runs one model on one image after the other: place, tensor, inference. Thread-confined: it keeps
 * one tensor and waits for the engine before it fills it again.
 */
final class Scorer {
  /** The rest of a transaction is for other images, and for its end. */
  private static final Duration MOST_FOR_MAPS = StreamsSettings.TRANSACTION_TIMEOUT.dividedBy(2);

  private final ServedModel model;
  private final Duration timeout;
  private final SampledMaps maps;
  private final SampledMeasures measures;
  private final TensorFormat format;
  private final ImageBatch batch;

  /**
   * @param timeout how long the engine may take for a batch
   */
  Scorer(ServedModel model, Duration timeout, SamplePolicy sample) {
    Manifest.Input input = model.manifest().input();
    this.model = model;
    this.timeout = timeout;
    this.maps = new SampledMaps(model.manifest(), sample.batch(), MOST_FOR_MAPS, this::infer);
    this.measures = new SampledMeasures(sample, model.manifest(), this::infer);
    this.format =
        new TensorFormat(
            input.channels(), input.height(), input.width(), input.mean(), input.std());
    this.batch = new ImageBatch(1, input.channels(), input.height(), input.width());
  }

  ServedModel model() {
    return model;
  }

  boolean accepts(String modality) {
    return model.frame().accepts(modality);
  }

  /** The model's answer, or why it has none. */
  Reading<Answer> score(DecodedImage decoded) {
    long start = System.nanoTime();
    ScreenedImage image = decoded.image();
    Raster raster = decoded.raster();
    Placement placement = model.frame().place(acquisition(image), raster, image.thumbnail());
    boolean mirrored = placement.transform() == Transform.INPUT_MIRRORED;
    format.write(mirrored ? raster.mirrored() : raster, batch.image(0));
    long prepared = System.nanoTime();
    Outputs outputs;
    try {
      outputs = infer(batch).getFirst();
    } catch (InferenceException e) {
      return refused("the engine failed: " + e.getMessage());
    }
    long done = System.nanoTime();
    Optional<String> fault = fault(outputs, placement);
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    String imageId = image.record().getImageId();
    Mapped mapped = maps.of(imageId, batch, outputs);
    List<List<Measured>> quality = measures.of(imageId, batch, mapped.outputs());
    return new Reading.Read<>(
        new Answer(placement, mapped, prepared - start, done - prepared, quality));
  }

  /** The port is asynchronous; one image after the other is scored here, so it is waited for. */
  private List<Outputs> infer(ImageBatch images) {
    CompletableFuture<List<Outputs>> outputs =
        model.classifier().classify(images).toCompletableFuture();
    try {
      return outputs.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InferenceException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new EngineStalledException(model.name(), timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private Optional<String> fault(Outputs outputs, Placement placement) {
    int labels = model.manifest().labels().size();
    if (outputs.labels() != labels) {
      return Optional.of("%d labels instead of %d".formatted(outputs.labels(), labels));
    }
    String grid = "." + outputs.gridHeight() + "x" + outputs.gridWidth();
    if (model.manifest().blackBox() == outputs.explained()) {
      return Optional.of("evidence comes where the manifest names none, or the other way round");
    }
    if (outputs.explained() && !placement.frame().endsWith(grid)) {
      return Optional.of("the grid %s is not that of the frame".formatted(grid.substring(1)));
    }
    return outputs.finite()
        ? Optional.empty()
        : Optional.of("a logit, evidence or offset is not a finite number");
  }

  private Reading<Answer> refused(String message) {
    return new Reading.Refused<>(new Refusal(Reason.MODEL, message, Optional.of(model.name())));
  }

  private static Acquisition acquisition(ScreenedImage image) {
    ScreeningImage record = image.record();
    return new Acquisition(
        image.modality(),
        Optional.ofNullable(record.getView()),
        Optional.ofNullable(record.getLaterality()));
  }
}

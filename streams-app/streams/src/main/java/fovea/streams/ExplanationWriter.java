package fovea.streams;

import fovea.core.frame.Placement;
import fovea.core.frame.Transform;
import fovea.core.inference.EngineReport;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import fovea.schema.Alignment;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.schema.ScreeningImage;
import fovea.schema.Tensor;
import fovea.schema.Timings;
import fovea.streams.readings.FurtherOutputs;
import fovea.streams.readings.TwoLevelMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One model's answers as records. Immutable and thread-safe. */
final class ExplanationWriter {
  private final ServedModel model;
  private final LabelWriter labels;
  private final EngineReport engine;
  private final boolean thumbnails;
  private final FurtherOutputs further;
  private final TwoLevelMeasures twoLevel;

  ExplanationWriter(ServedModel model, ScorePolicy policy) {
    this.model = model;
    this.labels = new LabelWriter(model.manifest(), policy.maxLabels());
    this.engine = model.classifier().engine();
    this.thumbnails = policy.thumbnails();
    this.further = new FurtherOutputs(model.manifest(), model.readings(), policy.maxLabels());
    this.twoLevel = new TwoLevelMeasures(model.manifest(), model.readings());
  }

  Explanation write(ScreenedImage image, Answer answer, FrameThumbnail thumbnail) {
    long start = System.nanoTime();
    Transform transform = answer.placement().transform();
    Outputs outputs = answer.outputs();
    List<LabelExplanation> entries =
        labels.write(outputs, transform, twoLevel.with(answer.quality(), outputs));
    Tensor grey = thumbnails ? thumbnail.in(transform) : null;
    Explanation.Builder out = Explanation.newBuilder();
    identity(out, image);
    model(out);
    outputs(out, outputs);
    further.write(out, outputs, entries, transform);
    return out.setLabels(entries)
        .setFrame(answer.placement().frame())
        .setAlignment(alignment(answer.placement()))
        .setThumbnail(grey)
        .setTimings(timings(image, answer, System.nanoTime() - start + answer.mapped().nanos()))
        .build();
  }

  private static void identity(Explanation.Builder out, ScreenedImage image) {
    ScreeningImage record = image.record();
    out.setSubjectId(record.getSubjectId())
        .setImageId(record.getImageId())
        .setRevision(record.getRevision())
        .setExamId(record.getExamId())
        .setSeriesId(record.getSeriesId())
        .setExpectedViews(record.getExpectedViews())
        .setSite(record.getSite())
        .setDevice(record.getDevice())
        .setSoftwareVersion(record.getSoftwareVersion())
        .setModality(image.modality())
        .setView(record.getView())
        .setLaterality(record.getLaterality())
        .setFieldCode(record.getFieldCode())
        .setAcquiredAt(record.getAcquiredAt())
        .setStrata(record.getStrata())
        .setIngestedAt(image.ingestedAt())
        .setPayloadSha256(image.sha256())
        .setImageWidth(image.width())
        .setImageHeight(image.height());
  }

  private void model(Explanation.Builder out) {
    Manifest manifest = model.manifest();
    out.setModel(manifest.id())
        .setModelVersion(manifest.version())
        .setModelSha256(model.sha256())
        .setPrecision(engine.precision())
        .setExplainer(manifest.explainer().id())
        .setExplainerHash(model.explainerHash())
        .setEngine(engine.engine())
        .setProvider(engine.provider())
        .setLink(manifest.link().name().toLowerCase(Locale.ROOT))
        .setScaleExponent(manifest.quantisation().scaleExponent())
        .setFloor(manifest.quantisation().floor())
        .setSubtractMin(manifest.quantisation().subtractMin());
  }

  /** An image without a map lies in the frame of those that have one. */
  private void outputs(Explanation.Builder out, Outputs outputs) {
    Optional<Manifest.Probe> probe = model.manifest().explainer().probe();
    List<Float> offset = new ArrayList<>(outputs.labels());
    for (int l = 0; outputs.additive() && l < outputs.labels(); l++) {
      offset.add(outputs.offset(l));
    }
    out.setOffset(offset)
        .setGridHeight(probe.map(Manifest.Probe::gridHeight).orElse(outputs.gridHeight()))
        .setGridWidth(probe.map(Manifest.Probe::gridWidth).orElse(outputs.gridWidth()))
        .setResidual(outputs.additive() ? (Double) outputs.residual() : null);
  }

  private static Alignment alignment(Placement placement) {
    return new Alignment(
        placement.status(), placement.transform().name(), boxed(placement.correlation()));
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private static Timings timings(ScreenedImage image, Answer answer, long explainNanos) {
    return new Timings(
        micros(image.decodeNanos()),
        micros(answer.preprocessNanos()),
        micros(answer.inferenceNanos()),
        micros(explainNanos));
  }

  private static int micros(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1000);
  }
}

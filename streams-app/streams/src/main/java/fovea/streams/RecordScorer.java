package fovea.streams;

import fovea.schema.ScreeningImage;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * From a record's bytes to what every model that serves says of it. Used by one thread at a time:
 * it keeps a tensor for each model.
 */
final class RecordScorer {
  private final ImageReader reader;
  private final Duration timeout;
  private final SamplePolicy sample;
  private List<ServedModel> models = List.of();
  private List<Scorer> scorers = List.of();

  /**
   * @param timeout how long an engine may take for a batch
   * @param sample which images are asked more than once
   */
  RecordScorer(ImageReader reader, Duration timeout, SamplePolicy sample) {
    this.reader = reader;
    this.timeout = timeout;
    this.sample = sample;
  }

  /**
   * By {@code now}, which nobody closes meanwhile.
   *
   * @throws EngineStalledException if an engine does not answer in time
   */
  Scored score(ImageRecord record, List<ServedModel> now) {
    return switch (reader.fields(record)) {
      case Reading.Read<ScreeningImage>(ScreeningImage image) -> score(record, image, now);
      case Reading.Refused<ScreeningImage>(Refusal refusal) -> new Scored.Refused(refusal);
    };
  }

  private Scored score(ImageRecord record, ScreeningImage image, List<ServedModel> now) {
    return switch (reader.modality(image)) {
      case Reading.Read<String>(String modality) -> score(record, image, modality, now);
      case Reading.Refused<String>(Refusal refusal) -> new Scored.Refused(refusal);
    };
  }

  /** Whether a model accepts the image is known before it is decoded. */
  private Scored score(
      ImageRecord record, ScreeningImage image, String modality, List<ServedModel> now) {
    List<Scorer> accepting = accepting(modality, now);
    if (accepting.isEmpty()) {
      return new Scored.Refused(
          Refusal.of(Reason.MODALITY, "no model that serves accepts " + modality));
    }
    return switch (reader.pixels(image, modality, record.timestamp())) {
      case Reading.Read<DecodedImage>(DecodedImage decoded) -> score(decoded, accepting);
      case Reading.Refused<DecodedImage>(Refusal refusal) -> new Scored.Refused(refusal);
    };
  }

  private static Scored score(DecodedImage decoded, List<Scorer> accepting) {
    List<Scored.OfModel> answers = new ArrayList<>(accepting.size());
    for (Scorer scorer : accepting) {
      answers.add(new Scored.OfModel(scorer.model(), scorer.score(decoded)));
    }
    return new Scored.Answered(decoded.image(), answers);
  }

  @SuppressWarnings("ReferenceEquality") // The same instance until the next swap.
  private List<Scorer> accepting(String modality, List<ServedModel> now) {
    if (now != models) {
      scorers = now.stream().map(model -> new Scorer(model, timeout, sample)).toList();
      models = now;
    }
    return scorers.stream().filter(scorer -> scorer.accepts(modality)).toList();
  }
}

package fovea.streams;

import fovea.core.aggregate.KeyText;
import fovea.schema.Explanation;
import fovea.schema.ScreeningImage;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The step <em>score</em>: an image in; one explanation out for each model that accepts it, or a
 * dead letter with the reason.
 */
final class ScoreProcessor implements Processor<byte[], byte[], Object, SpecificRecord> {
  private final ImageReader reader;
  private final ScoreLanes lanes;
  private final DeadLetters deadLetters;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<Object, SpecificRecord> context;

  ScoreProcessor(ImageReader reader, ScoreLanes lanes, DeadLetters deadLetters) {
    this.reader = reader;
    this.lanes = lanes;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<Object, SpecificRecord> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    switch (reader.fields(source().topic(), record)) {
      case Reading.Read<ScreeningImage>(ScreeningImage image) -> score(record, image);
      case Reading.Refused<ScreeningImage>(Refusal refusal) -> refuse(record, refusal);
    }
  }

  private void score(Record<byte[], byte[]> record, ScreeningImage image) {
    switch (reader.modality(image)) {
      case Reading.Read<String>(String modality) -> score(record, image, modality);
      case Reading.Refused<String>(Refusal refusal) -> refuse(record, refusal);
    }
  }

  /** Whether a model accepts the image is known before it is decoded. */
  private void score(Record<byte[], byte[]> record, ScreeningImage image, String modality) {
    List<ScoreLane> accepting = lanes.accepting(modality);
    if (accepting.isEmpty()) {
      refuse(record, Refusal.of(Reason.MODALITY, "no model that serves accepts " + modality));
      return;
    }
    switch (reader.pixels(image, modality, record.timestamp())) {
      case Reading.Read<ScreenedImage>(ScreenedImage screened) ->
          score(record, screened, accepting);
      case Reading.Refused<ScreenedImage>(Refusal refusal) -> refuse(record, refusal);
    }
  }

  private void score(
      Record<byte[], byte[]> record, ScreenedImage image, List<ScoreLane> accepting) {
    FrameThumbnail thumbnail = new FrameThumbnail(image.thumbnail());
    for (ScoreLane lane : accepting) {
      switch (lane.scorer().score(image)) {
        case Reading.Read<Answer>(Answer answer) -> {
          Explanation explanation = lane.writer().write(image, answer, thumbnail);
          lane.meters().scored(explanation.getSite(), explanation.getTimings());
          explain(explanation, record.timestamp());
        }
        case Reading.Refused<Answer>(Refusal refusal) -> refuse(record, refusal);
      }
    }
  }

  private void explain(Explanation e, long timestamp) {
    String key = KeyText.join(e.getSubjectId(), e.getImageId(), e.getModel(), e.getModelVersion());
    context.forward(new Record<>(key, e, timestamp), ScoreTopology.EXPLANATIONS);
  }

  private void refuse(Record<byte[], byte[]> record, Refusal refusal) {
    context.forward(deadLetters.of(record, source(), refusal), ScoreTopology.DEAD_LETTERS);
  }

  private RecordMetadata source() {
    return context.recordMetadata().orElseThrow();
  }
}

package fovea.streams;

import fovea.core.aggregate.KeyText;
import fovea.schema.Explanation;
import fovea.streams.deadletter.DeadLetters;
import fovea.streams.deadletter.Refusal;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The step <em>score</em>: an image in; one explanation out for each model that accepts it, or a
 * dead letter with the reason.
 */
final class ScoreProcessor implements Processor<byte[], byte[], Object, SpecificRecord> {
  private final LookAhead ahead;
  private final ScoreLanes lanes;
  private final DeadLetters deadLetters;
  private @Nullable TopicPartition partition;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  private ProcessorContext<Object, SpecificRecord> context;

  ScoreProcessor(LookAhead ahead, ScoreLanes lanes, DeadLetters deadLetters) {
    this.ahead = ahead;
    this.lanes = lanes;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<Object, SpecificRecord> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata source = source();
    partition = new TopicPartition(source.topic(), source.partition());
    ImageRecord image = new ImageRecord(source.topic(), record.timestamp(), record.value());
    switch (ahead.take(partition, source.offset(), image)) {
      case Scored.Refused(Refusal refusal) -> refuse(record, refusal);
      case Scored.Answered answered -> explain(record, answered);
    }
  }

  /** What was begun belongs to who has the partition now. */
  @Override
  public void close() {
    if (partition != null) {
      ahead.drop(partition);
    }
  }

  private void explain(Record<byte[], byte[]> record, Scored.Answered scored) {
    ScreenedImage image = scored.image();
    FrameThumbnail thumbnail = new FrameThumbnail(image.thumbnail());
    for (Scored.OfModel one : scored.answers()) {
      switch (one.answer()) {
        case Reading.Read<Answer>(Answer answer) -> {
          ScoreLane lane = lanes.of(one.model());
          Explanation explanation = lane.writer().write(image, answer, thumbnail);
          lane.meters().scored(explanation.getSite(), explanation.getTimings());
          lane.meters().mapped(answer.mapped().fate());
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

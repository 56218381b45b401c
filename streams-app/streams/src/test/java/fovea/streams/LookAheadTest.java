package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.image.ImageDecoder;
import fovea.schema.ScreeningImage;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LookAheadTest {
  private static final TopicPartition PARTITION = new TopicPartition("images", 0);
  private static final int DEPTH = 3;

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ServedModels models = new ServedModels(List.of(TestModels.fundus("m", 2)));
  private final Scorers scorers = new Scorers(models, this::scorer);
  private final LookAhead ahead = new LookAhead(DEPTH, scorers, meters);

  @Test
  void whatIsBegunEarlyIsWhatWouldBeScoredInTurn() {
    List<ConsumerRecord<byte[], byte[]>> records = offered(20);

    for (ConsumerRecord<byte[], byte[]> record : records) {
      assertThat(logits(take(record))).isEqualTo(logits(scorers.score(image(record))));
    }

    assertThat(count("hit")).isEqualTo(20);
    assertThat(count("miss")).isZero();
  }

  @Test
  void aRecordThatWasNotOfferedIsScoredInItsTurn() {
    ConsumerRecord<byte[], byte[]> record = record(7, 7);

    assertThat(take(record)).isInstanceOf(Scored.Answered.class);
    assertThat(count("miss")).isEqualTo(1);
  }

  @Test
  void aPositionThatGoesBackFindsEveryRecordAgain() {
    List<ConsumerRecord<byte[], byte[]>> records = offered(6);
    take(records.get(0));
    take(records.get(1));

    records.forEach(ahead::offer);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      assertThat(logits(take(record))).isEqualTo(logits(scorers.score(image(record))));
    }
  }

  @Test
  void whatModelsThatNoLongerServeGaveIsNotTaken() {
    List<ConsumerRecord<byte[], byte[]>> records = offered(2);

    models.swap(List.of(TestModels.fundus("n", 2)));

    Scored.Answered scored = (Scored.Answered) take(records.getFirst());
    assertThat(scored.answers()).extracting(one -> one.model().name()).containsExactly("n/1");
    assertThat(count("miss")).isEqualTo(1);
  }

  @Test
  void whatIsDroppedIsNotTaken() {
    List<ConsumerRecord<byte[], byte[]>> records = offered(2);

    ahead.drop(PARTITION);
    take(records.getFirst());

    assertThat(count("miss")).isEqualTo(1);
  }

  @Test
  void whatBreaksEarlyBreaksInItsTurn() {
    LookAhead broken =
        new LookAhead(
            DEPTH,
            new Scorers(
                models,
                () -> {
                  throw new IllegalStateException("no engine");
                }),
            meters);
    ConsumerRecord<byte[], byte[]> record = record(0, 0);
    broken.offer(record);

    assertThatThrownBy(() -> broken.take(PARTITION, 0, image(record)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no engine");
  }

  @Test
  void aRefusalIsTakenLikeAnAnswer() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("images", 0, 0, new byte[0], new byte[] {1, 2, 3});
    ahead.offer(record);

    assertThat(take(record)).isInstanceOf(Scored.Refused.class);
    assertThat(count("hit")).isEqualTo(1);
  }

  private Scored take(ConsumerRecord<byte[], byte[]> record) {
    return ahead.take(PARTITION, record.offset(), image(record));
  }

  private List<ConsumerRecord<byte[], byte[]>> offered(int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Offsets have gaps where transactions end.
      records.add(record(2L * i, i));
    }
    records.forEach(ahead::offer);
    return records;
  }

  private ConsumerRecord<byte[], byte[]> record(long offset, int seed) {
    byte[] value =
        new AvroSerde<>(ScreeningImage.class, registry)
            .serializer()
            .serialize("images", TestImages.record("s", "i" + seed, TestImages.png(seed)).build());
    return new ConsumerRecord<>(
        "images",
        0,
        offset,
        ScoreRig.INGESTED.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        new byte[0],
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static ImageRecord image(ConsumerRecord<byte[], byte[]> record) {
    return new ImageRecord(record.topic(), record.timestamp(), record.value());
  }

  private static List<Float> logits(Scored scored) {
    List<Float> out = new ArrayList<>();
    for (Scored.OfModel one : ((Scored.Answered) scored).answers()) {
      Answer answer = ((Reading.Read<Answer>) one.answer()).value();
      for (float logit : answer.outputs().logits()) {
        out.add(logit);
      }
    }
    return out;
  }

  private double count(String result) {
    return meters.get("fovea.lookahead").tag("result", result).counter().count();
  }

  private RecordScorer scorer() {
    return new RecordScorer(
        new ImageReader(
            new AvroSerde<>(ScreeningImage.class, registry).deserializer(),
            new ImageDecoder(ScoreRig.POLICY.limits())),
        Duration.ofSeconds(5),
        SamplePolicy.DEFAULT);
  }
}

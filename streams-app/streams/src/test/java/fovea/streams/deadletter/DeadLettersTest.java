package fovea.streams.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.schema.DeadLetter;
import fovea.schema.OriginalHeader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static final Refusal REFUSAL = Refusal.of(Reason.IMAGE, "cut off");
  private static final RecordMetadata SOURCE = new Source("fovea.images", 2, 77);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void theOriginalIsCarriedUpToTheLimit() {
    assertThat(letter(10, new byte[10], new RecordHeaders()).getOriginal())
        .isEqualTo(ByteBuffer.allocate(10));
    assertThat(letter(10, new byte[11], new RecordHeaders()).getOriginal()).isNull();
    assertThat(letter(10, new byte[11], new RecordHeaders()).getOriginalSize()).isEqualTo(11);
  }

  @Test
  void headersCountTowardsTheLimit() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("a", new byte[4]);

    assertThat(letter(10, new byte[3], headers).getOriginal()).isNotNull();
    assertThat(letter(10, new byte[4], headers).getOriginal()).isNull();
  }

  @Test
  void aHeaderThatDoesNotFitIsLeftOut() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("large", new byte[1000]);
    headers.add("b", null);

    DeadLetter letter = letter(10, new byte[1], headers);

    assertThat(letter.getHeaders()).extracting(OriginalHeader::getKey).containsExactly("b");
    assertThat(letter.getOriginal()).isNotNull();
  }

  @Test
  void theyAreCountedByReasonAndStage() {
    letter(10, new byte[1], new RecordHeaders());
    letter(10, new byte[1], new RecordHeaders());

    assertThat(
            meters
                .get("fovea.dead.letters")
                .tags("reason", "IMAGE", "stage", "score")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void aRefusalSaysWhy() {
    assertThatThrownBy(() -> Refusal.of(Reason.IMAGE, " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private DeadLetter letter(int limit, byte[] value, RecordHeaders headers) {
    return new DeadLetters("score", limit, meters)
        .of(new Record<>(new byte[0], value, 5, headers), SOURCE, REFUSAL)
        .value();
  }

  private record Source(String topic, int partition, long offset) implements RecordMetadata {}
}

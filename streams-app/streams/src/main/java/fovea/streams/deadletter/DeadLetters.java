package fovea.streams.deadletter;

import fovea.schema.DeadLetter;
import fovea.schema.OriginalHeader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dead letters of one step and counts them by reason.
 *
 * <p>A letter carries the original bytes and headers as far as they fit into {@code limit} bytes:
 * the headers first, as they are small; where the value does not fit, its offset leads to it. It
 * has the key and the timestamp of the record.
 */
public final class DeadLetters {
  private final String stage;
  private final int limit;
  private final MeterRegistry meters;

  /**
   * @param stage the step, e.g. {@code score}
   * @param limit greatest size of original and headers together; below the topic's {@code
   *     max.message.bytes}
   */
  public DeadLetters(String stage, int limit, MeterRegistry meters) {
    if (stage.isBlank() || limit < 0) {
      throw new IllegalArgumentException(
          "stage must not be blank, limit not negative: '%s', %d".formatted(stage, limit));
    }
    this.stage = stage;
    this.limit = limit;
    this.meters = meters;
  }

  /** The dead letter of {@code record}, which was read at {@code source}. */
  public Record<byte[], DeadLetter> of(
      Record<byte[], byte[]> record, RecordMetadata source, Refusal refusal) {
    count(refusal.reason());
    byte @Nullable [] original = record.value();
    List<OriginalHeader> headers = headers(record.headers());
    int left = limit - size(headers);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSourceTopic(source.topic())
            .setSourcePartition(source.partition())
            .setSourceOffset(source.offset())
            .setSourceTimestamp(Instant.ofEpochMilli(record.timestamp()))
            .setStage(stage)
            .setReason(refusal.reason().name())
            .setMessage(refusal.message())
            .setModel(refusal.model().orElse(null))
            .setOriginal(
                original == null || original.length > left ? null : ByteBuffer.wrap(original))
            .setOriginalSize(original == null ? 0 : original.length)
            .setHeaders(headers)
            .build();
    return new Record<>(record.key(), letter, record.timestamp());
  }

  private void count(Reason reason) {
    Counter.builder("fovea.dead.letters")
        .description("Records that could not be processed.")
        .tag("reason", reason.name())
        .tag("stage", stage)
        .register(meters)
        .increment();
  }

  private List<OriginalHeader> headers(Headers headers) {
    List<OriginalHeader> out = new ArrayList<>();
    int left = limit;
    for (Header header : headers) {
      OriginalHeader copy = copy(header);
      if (size(copy) <= left) {
        left -= size(copy);
        out.add(copy);
      }
    }
    return out;
  }

  private static OriginalHeader copy(Header header) {
    byte @Nullable [] value = header.value();
    return OriginalHeader.newBuilder()
        .setKey(header.key())
        .setValue(value == null ? null : ByteBuffer.wrap(value))
        .build();
  }

  private static int size(List<OriginalHeader> headers) {
    return headers.stream().mapToInt(DeadLetters::size).sum();
  }

  /** An upper bound: a character takes at most three bytes in UTF-8. */
  private static int size(OriginalHeader header) {
    ByteBuffer value = header.getValue();
    return 3 * header.getKey().length() + (value == null ? 0 : value.remaining());
  }
}

package fovea.app.ingest;

import fovea.core.aggregate.KeyText;
import fovea.schema.DeadLetter;
import fovea.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Watches for the answers to published images: an explanation, or a dead letter, of each.
 *
 * <p>Reads committed records only, from where the topics ended when it was made: make it before the
 * first image is published. Thread-confined, but for {@link #sending}, {@link #sent} and {@link
 * #notSent}.
 */
final class Arrivals implements AutoCloseable {
  private final Topics topics;
  private final Deserializer<DeadLetter> deadLetters;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, String> waiting = new HashMap<>();
  private final Map<String, String> images = new HashMap<>();
  private final Map<String, String> early = new HashMap<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private int explained;
  private int expected;

  Arrivals(Connection connection, Deserializer<DeadLetter> deadLetters) {
    this.topics = connection.topics();
    this.deadLetters = deadLetters;
    this.consumer = connection.reader();
    List<TopicPartition> partitions = new ArrayList<>();
    partitions.addAll(Connection.partitions(consumer, topics.explanations()));
    partitions.addAll(Connection.partitions(consumer, topics.deadLetters()));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** An image is about to be published: its explanation may come from now on. */
  synchronized void sending(String subjectId, String imageId) {
    expected++;
    waiting.put(KeyText.join(subjectId, imageId), "");
  }

  /** The image lies in this partition and offset: its dead letter may have come already. */
  synchronized void sent(String subjectId, String imageId, int partition, long offset) {
    String image = KeyText.join(subjectId, imageId);
    String place = partition + "@" + offset;
    String reason = early.remove(place);
    if (reason != null) {
      reject(image, reason);
    } else if (waiting.replace(image, place) != null) {
      images.put(place, image);
    }
  }

  /** The image could not be published: nothing is expected of it. */
  synchronized void notSent(String subjectId, String imageId) {
    waiting.remove(KeyText.join(subjectId, imageId));
    expected--;
  }

  /** Reads what has arrived; waits at most {@code patience}. True if anything came. */
  boolean poll(Duration patience) {
    boolean any = false;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
      any = true;
      if (record.topic().equals(topics.explanations())) {
        explanation(record);
      } else {
        deadLetter(deadLetters.deserialize(record.topic(), record.value()));
      }
    }
    return any;
  }

  private synchronized void explanation(ConsumerRecord<byte[], byte[]> record) {
    List<String> key = KeyText.split(new String(record.key(), StandardCharsets.UTF_8));
    String image = KeyText.join(key.get(0), key.get(1));
    String place = waiting.remove(image);
    if (place != null) {
      images.remove(place);
      explained++;
    }
  }

  private synchronized void deadLetter(DeadLetter letter) {
    if (!letter.getSourceTopic().equals(topics.images())) {
      return;
    }
    String place = letter.getSourcePartition() + "@" + letter.getSourceOffset();
    String image = images.remove(place);
    if (image != null) {
      reject(image, letter.getReason());
    } else if (!waiting.isEmpty()) {
      early.put(place, letter.getReason());
    }
  }

  private void reject(String image, String reason) {
    if (waiting.remove(image) != null) {
      reasons.merge(reason, 1, Integer::sum);
    }
  }

  /** Images published and not yet answered. */
  synchronized int unanswered() {
    return expected - explained - deadLetters();
  }

  synchronized int explained() {
    return explained;
  }

  synchronized int deadLetters() {
    return reasons.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Dead letters by reason. */
  synchronized Map<String, Integer> reasons() {
    return Map.copyOf(reasons);
  }

  @Override
  public void close() {
    consumer.close();
  }
}

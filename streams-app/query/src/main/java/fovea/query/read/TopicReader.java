package fovea.query.read;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every committed record of a topic from its beginning, in order, for ever, on its own
 * thread.
 *
 * <p>Where broker or registry do not answer it says so, waits, and goes on with the very record it
 * stood at: none is left out, none applied twice.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration CHECK = Duration.ofSeconds(1);
  private static final Duration PARTITIONS = Duration.ofSeconds(30);

  private final String topic;
  private final Map<String, Object> config;
  private final Consumer<ConsumerRecord<byte[], byte[]>> apply;
  private final Progress progress;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<TopicPartition, Long> startEnds = new HashMap<>();
  private final Thread thread;

  /**
   * Begins to read.
   *
   * @param topic the topic
   * @param config a consumer's settings: where the brokers are and how to be let in
   * @param apply takes each record; a {@link KafkaException} from it means: later again
   * @param progress where to say how far it is
   * @param clock paces the questions to the broker
   */
  public TopicReader(
      String topic,
      Map<String, Object> config,
      Consumer<ConsumerRecord<byte[], byte[]>> apply,
      Progress progress,
      InstantSource clock) {
    this.topic = topic;
    this.config = Map.copyOf(config);
    this.apply = apply;
    this.progress = progress;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("read-" + topic).daemon().unstarted(this::untilClosed);
  }

  public void start() {
    thread.start();
  }

  /** Ends the thread, after the record it is at. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(ANSWER.plusSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What nobody foresaw ends the thread, and must be seen. */
  private void untilClosed() {
    try {
      run();
    } finally {
      if (open()) {
        progress.trouble("the reader of " + topic + " has ended by an error; see the log");
      }
    }
  }

  private void run() {
    while (open()) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        read(consumer);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        progress.trouble(reason("broker", e));
        pause();
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(consumer);
    if (partitions.isEmpty()) {
      progress.trouble("topic " + topic + " does not exist");
      pause();
      return;
    }
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Long at = next.get(partition);
      if (at == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, at);
      }
    }
    follow(consumer, partitions);
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    consumer.endOffsets(partitions, ANSWER).forEach(startEnds::putIfAbsent);
    Instant checked = Instant.MIN;
    Instant listed = clock.instant();
    while (open()) {
      consumer.poll(POLL).forEach(this::deliver);
      Instant now = clock.instant();
      if (!progress.standing().caughtUp() || checked.plus(CHECK).isBefore(now)) {
        check(consumer, partitions);
        checked = now;
      }
      if (listed.plus(PARTITIONS).isBefore(now)) {
        listed = now;
        if (partitions(consumer).size() != partitions.size()) {
          return;
        }
      }
    }
  }

  private void deliver(ConsumerRecord<byte[], byte[]> record) {
    while (open()) {
      try {
        apply.accept(record);
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        return;
      } catch (KafkaException e) {
        progress.trouble(reason("schema registry", e));
        pause();
      }
    }
  }

  private void check(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
      long lag = 0;
      boolean reached = true;
      for (TopicPartition partition : partitions) {
        long position = consumer.position(partition, ANSWER);
        lag += Math.max(0, ends.getOrDefault(partition, 0L) - position);
        reached &= position >= startEnds.getOrDefault(partition, 0L);
      }
      progress.lag(lag);
      if (reached) {
        progress.caughtUp();
      }
    } catch (TimeoutException e) {
      progress.trouble(reason("broker", e));
    }
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    return consumer.partitionsFor(topic, ANSWER).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  private boolean open() {
    return closing.getCount() > 0;
  }

  private void pause() {
    try {
      boolean closed = closing.await(CHECK.toMillis(), TimeUnit.MILLISECONDS);
      assert closed || open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private String reason(String who, KafkaException e) {
    return "%s does not answer for %s: %s".formatted(who, topic, e.getMessage());
  }
}

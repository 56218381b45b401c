package fovea.bench;

import fovea.app.ingest.Connection;
import fovea.app.ingest.ImagePublisher;
import fovea.app.wiring.Instance;
import fovea.app.wiring.Registries;
import fovea.schema.Explanation;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import fovea.schema.Timings;
import fovea.wire.AvroSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** One pass of images through a running Fovea, each a new image of a new subject. */
final class FoveaPass implements AutoCloseable {
  private final Instance instance;
  private final List<Path> files;
  private final ImagePublisher publisher;
  private final KafkaConsumer<byte[], byte[]> results;
  private final Deserializer<Explanation> reader;
  private final String topic;
  private final ProcessCpu cpu = new ProcessCpu();
  private int pass;

  FoveaPass(Instance instance, List<Path> files) {
    Connection connection = instance.connection();
    AvroSerdes serdes = Registries.serdes(connection, Registries.of(connection));
    this.instance = instance;
    this.files = files;
    this.topic = connection.topics().explanations();
    this.reader = serdes.of(Explanation.class).deserializer();
    this.publisher = new ImagePublisher(connection, serdes.of(ScreeningImage.class).serializer());
    this.results = connection.reader();
    List<TopicPartition> partitions = Connection.partitions(results, topic);
    results.assign(partitions);
    results.seekToEnd(partitions);
  }

  Cost pass(int images) throws InterruptedException {
    pass++;
    long before = scored();
    Window window = new Window(before, before + images);
    Thread watching = Thread.ofPlatform().name("window").start(window);
    double cpuBefore = cpu.millis();
    long start = System.nanoTime();
    Thread publishing = Thread.ofPlatform().name("publish").start(() -> publish(images));
    long[] micros = collect(images);
    double seconds = (System.nanoTime() - start) / 1e9;
    double millis = cpu.millis() - cpuBefore;
    publishing.join();
    watching.join();
    Cost.Steps steps =
        new Cost.Steps(
            micros[0] / 1e3 / images, micros[1] / 1e3 / images, micros[2] / 1e3 / images);
    return new Cost(images, millis, seconds, window.seconds(), steps);
  }

  private void publish(int images) {
    for (int i = 0; i < images; i++) {
      String id = pass + "-" + i;
      var _ =
          publisher.publish(
              ScreeningImage.newBuilder()
                  .setSubjectId(id)
                  .setImageId(id)
                  .setSite("bench")
                  .setModality("DX")
                  .setAcquiredAt(Instant.now())
                  .setPayload(
                      new InlinePayload(
                          ByteBuffer.wrap(read(files.get(i % files.size()))), null, null))
                  .build(),
              (where, failure) -> {});
    }
    publisher.flush();
  }

  private long[] collect(int images) {
    long[] micros = new long[3];
    int seen = 0;
    while (seen < images) {
      for (ConsumerRecord<byte[], byte[]> record : results.poll(Duration.ofMillis(200))) {
        Timings timings = reader.deserialize(topic, record.value()).getTimings();
        micros[0] += timings.getDecodeMicros();
        micros[1] += timings.getPreprocessMicros();
        micros[2] += timings.getInferenceMicros();
        seen++;
      }
    }
    return micros;
  }

  private long scored() {
    return instance.scoredHere();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    publisher.close();
    results.close();
  }

  /** From the first image scored to the last, seen four times a second. */
  private final class Window implements Runnable {
    private static final long LOOK_MILLIS = 250;

    private final long from;
    private final long to;
    private volatile double seconds;

    Window(long from, long to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void run() {
      try {
        while (scored() == from) {
          Thread.sleep(LOOK_MILLIS);
        }
        long start = System.nanoTime();
        while (scored() < to) {
          Thread.sleep(LOOK_MILLIS);
        }
        seconds = (System.nanoTime() - start) / 1e9;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    double seconds() {
      return seconds;
    }
  }
}

package fovea.query;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.KeyText;
import fovea.core.map.GlobalMaps;
import fovea.core.map.ImageExplanation;
import fovea.core.map.ImageExplanations;
import fovea.core.map.ImageKey;
import fovea.core.map.Tally;
import fovea.query.read.ArrivalRate;
import fovea.query.read.DeadLetters;
import fovea.query.read.ExplanationReader;
import fovea.query.read.ImageRing;
import fovea.query.read.MapTable;
import fovea.query.read.ModelCatalogue;
import fovea.query.read.Progress;
import fovea.query.read.QualityTable;
import fovea.query.read.Standing;
import fovea.query.read.TallyTable;
import fovea.query.read.TopicReader;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.ModelEvent;
import fovea.wire.AvroSerdes;
import fovea.wire.SchemaRegistry;
import fovea.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * The result topics, held in memory: every committed map, the newest images, counters, dead letters
 * and models.
 *
 * <p>Thread-safe. Each topic is read from its beginning by its own thread, without a consumer
 * group, so every instance holds everything. A record that cannot be read is counted and left out.
 * While brokers are away what is held is still served, and {@link #trouble} says so.
 */
public final class ReadModels implements AutoCloseable {
  private final ModelCatalogue catalogue = new ModelCatalogue();
  private final MapTable maps = new MapTable(catalogue);
  private final ArrivalRate rate = new ArrivalRate();
  private final Map<String, Source<?>> sources = new TreeMap<>();
  private final List<TopicReader> readers = new ArrayList<>();
  private final ImageRing images;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final String mapTopic;
  private volatile Runnable withdrawn = () -> {};

  /** Holds nothing until records come by {@link #start} or {@link #apply}. */
  public ReadModels(Topics topics, AvroSerdes serdes, ReadModelLimits limits, InstantSource clock) {
    this.clock = clock;
    mapTopic = topics.globalExplanations();
    images = new ImageRing(limits.images(), limits.imageBytes());
    deadLetters = new DeadLetters(limits.deadLetters());
    source(topics.globalExplanations(), serdes.of(GlobalExplanation.class), this::map);
    source(topics.explanations(), serdes.of(Explanation.class), this::image);
    source(topics.deadLetters(), serdes.of(DeadLetter.class), this::deadLetter);
    source(topics.models(), serdes.of(ModelEvent.class), this::model);
  }

  /** The same with Fovea's own serdes. */
  public ReadModels(
      Topics topics, SchemaRegistry registry, ReadModelLimits limits, InstantSource clock) {
    this(topics, AvroSerdes.own(registry), limits, clock);
  }

  /**
   * Begins to read; returns at once.
   *
   * @param consumer a consumer's settings: {@code bootstrap.servers} and how to be let in
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start(Map<String, ?> consumer) {
    if (!readers.isEmpty()) {
      throw new IllegalStateException("read models are started once");
    }
    Map<String, Object> config = new HashMap<>(consumer);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    sources.forEach(
        (topic, source) ->
            readers.add(new TopicReader(topic, config, this::apply, source.progress, clock)));
    readers.forEach(TopicReader::start);
  }

  /**
   * Applies one record, as the readers do; a record of another topic is left alone.
   *
   * @throws org.apache.kafka.common.KafkaException if the registry does not answer: nothing was
   *     applied, and the record may be applied again
   */
  public void apply(ConsumerRecord<byte[], byte[]> record) {
    Source<?> source = sources.get(record.topic());
    if (source != null) {
      source.apply(record);
    }
  }

  public GlobalMaps maps() {
    return maps;
  }

  public ImageExplanations images() {
    return images;
  }

  ImageRing ring() {
    return images;
  }

  TallyTable tallies() {
    return maps.tallies();
  }

  QualityTable quality() {
    return maps.quality();
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  ModelCatalogue catalogue() {
    return catalogue;
  }

  /** Images a second, over the last ten seconds; what was there at the start does not count. */
  public double imagesPerSecond() {
    return rate.perSecond(clock.instant());
  }

  Instant now() {
    return clock.instant();
  }

  /** What became of all images, over every model, site and day. */
  public Tally tally() {
    return tallies().sum(key -> true);
  }

  /** Records refused, by reason. */
  public Map<String, Long> refused() {
    return deadLetters.byReason();
  }

  /** How far each topic is read. */
  public List<Standing> standings() {
    return sources.values().stream().map(source -> source.progress.standing()).toList();
  }

  /** How far the read model of the maps is. */
  Standing mapStanding() {
    return progress(mapTopic).standing();
  }

  /** Runs {@code then} whenever an explanation is withdrawn, after it is held no more. */
  void onWithdrawal(Runnable then) {
    withdrawn = then;
  }

  /** Whether everything that was there at the start is held. */
  public boolean caughtUp() {
    return standings().stream().allMatch(Standing::caughtUp);
  }

  /** Why the read models are not current; empty where they are. */
  public Optional<String> trouble() {
    return standings().stream()
        .flatMap(one -> one.trouble().or(() -> behind(one)).stream())
        .findFirst();
  }

  @Override
  public synchronized void close() {
    readers.forEach(TopicReader::close);
  }

  Progress progress(String topic) {
    return Optional.ofNullable(sources.get(topic)).orElseThrow().progress;
  }

  private static Optional<String> behind(Standing one) {
    if (one.caughtUp()) {
      return Optional.empty();
    }
    String left = one.lag() == 0 ? "" : ", %d records to go".formatted(one.lag());
    return Optional.of("still reading " + one.topic() + left);
  }

  private void map(String key, @Nullable GlobalExplanation value, Instant at) {
    AggregateKey aggregate = AggregateKey.parse(key);
    if (value == null) {
      maps.remove(aggregate);
    } else {
      maps.put(aggregate, value, at);
    }
  }

  private void image(String key, @Nullable Explanation value, Instant at) {
    if (value != null) {
      put(ExplanationReader.read(value, at));
      return;
    }
    List<String> parts = KeyText.split(key);
    if (parts.size() != 4) {
      throw new IllegalArgumentException("not the key of an explanation: '" + key + "'");
    }
    images.remove(new ImageKey(parts.get(0), parts.get(1)), parts.get(2), parts.get(3));
    withdrawn.run();
  }

  private void put(ImageExplanation explanation) {
    boolean first = images.put(explanation);
    if (first && caughtUp()) {
      rate.arrived(clock.instant());
    }
  }

  private void deadLetter(String key, @Nullable DeadLetter value, Instant at) {
    if (value != null) {
      deadLetters.add(value, at);
    }
  }

  private void model(String key, @Nullable ModelEvent value, Instant at) {
    if (value == null) {
      catalogue.remove(key);
    } else {
      catalogue.put(key, value);
    }
  }

  private <T extends SpecificRecord> void source(String topic, Serde<T> serde, Table<T> table) {
    sources.put(topic, new Source<>(serde, table, new Progress(topic)));
  }

  /** Where records of one topic go. */
  private interface Table<T> {
    void apply(String key, @Nullable T value, Instant at);
  }

  /** One topic: how its records are read, where they go, how far it is. */
  private record Source<T extends SpecificRecord>(
      Serde<T> serde, Table<T> table, Progress progress) {

    void apply(ConsumerRecord<byte[], byte[]> record) {
      Instant at = Instant.ofEpochMilli(record.timestamp());
      try {
        @Nullable T value =
            record.value() == null
                ? null
                : serde.deserializer().deserialize(record.topic(), record.value());
        table.apply(text(record.key()), value, at);
        progress.applied(at);
      } catch (SerializationException | IllegalArgumentException | DateTimeException e) {
        progress.bad();
      }
    }

    private static String text(byte @Nullable [] key) {
      return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
  }
}

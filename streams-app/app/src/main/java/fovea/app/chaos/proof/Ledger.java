package fovea.app.chaos.proof;

import fovea.app.ingest.Connection;
import fovea.app.wiring.Registries;
import fovea.core.aggregate.Counters;
import fovea.core.aggregate.Fingerprint;
import fovea.schema.Certificate;
import fovea.schema.DeadLetter;
import fovea.schema.Erasure;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.Outcome;
import fovea.wire.AvroSerde;
import fovea.wire.HttpSchemaRegistry;
import fovea.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a programme has committed, read by plain consumers: answers, events, the stores' changelogs
 * and what was emitted to readers. Thread-confined.
 */
public final class Ledger implements AutoCloseable {

  private final Connection connection;
  private final HttpSchemaRegistry registry;
  private final SortedMap<String, byte[]> stored = new TreeMap<>();
  private final SortedMap<String, byte[]> emitted = new TreeMap<>();
  private final List<CommittedTopic> changelogs;
  private final CommittedTopic folds;
  private final CommittedTopic global;
  private final Deserializer<GlobalExplanation> states;

  /** Of the programme whose topics and groups have the connection's prefix. */
  public Ledger(Connection connection) {
    this.connection = connection;
    this.registry = Registries.of(connection);
    String prefix = connection.topics().prefix();
    this.changelogs =
        List.of(
            new CommittedTopic(connection, prefix + "-aggregate-moments-changelog"),
            new CommittedTopic(connection, prefix + "-aggregate-quality-changelog"),
            new CommittedTopic(connection, prefix + "-aggregate-counters-changelog"));
    this.folds = new CommittedTopic(connection, prefix + "-aggregate-folds-changelog");
    this.global = new CommittedTopic(connection, connection.topics().globalExplanations());
    this.states = new AvroSerde<>(GlobalExplanation.class, registry).deserializer();
  }

  /** Behind the last committed record of each partition of a topic. */
  public Map<TopicPartition, Long> ends(String topic) {
    try (CommittedTopic committed = new CommittedTopic(connection, topic)) {
      committed.read(record -> {});
      return committed.behindLast();
    }
  }

  /** The last committed state of every key, from the changelogs of aggregate's stores. */
  public States stored() {
    changelogs.forEach(
        changelog ->
            changelog.read(
                record -> put(stored, key(record), Optional.ofNullable(record.value()))));
    folds.read(
        record -> put(stored, States.FOLDS + key(record), Optional.ofNullable(record.value())));
    return new States(stored);
  }

  /** The last committed state of every key, as readers of global-explanations see it. */
  public States emitted() {
    global.read(
        record -> {
          Optional<GlobalExplanation> seen =
              Optional.ofNullable(record.value())
                  .map(value -> states.deserialize(record.topic(), value));
          put(emitted, key(record), seen.map(Ledger::state));
          put(
              emitted,
              States.FOLDS + key(record),
              seen.map(GlobalExplanation::getFolds).map(Ledger::bytes));
        });
    return new States(emitted);
  }

  /** What the committed events must have led to, and how the inputs were answered. */
  public Account account(Fingerprint fingerprint, Instant first, int inputs) {
    Fold fold = new Fold(fingerprint);
    Certified certified = new Certified();
    read(
        topics().erasures(),
        Erasure.class,
        (at, x) -> {
          fold.forget(EventReader.of(x));
          certified.asked(String.valueOf(x.getRequestId()));
        });
    read(topics().certificates(), Certificate.class, (at, c) -> certified.add(c));
    read(topics().outcomes(), Outcome.class, (at, o) -> fold.rank(EventReader.of(o, at)));
    Answers answers = new Answers(first, inputs);
    explanations(
        e -> {
          Event.Explained event = EventReader.of(e);
          answers.add(e, fold.survived(event));
          fold.rank(event);
        });
    List<String> withdrawn = withdrawn(fold.standing());
    explanations(e -> fold.add(EventReader.of(e)));
    read(topics().deadLetters(), DeadLetter.class, (at, letter) -> answers.add(letter));
    return new Account(
        fold.states(),
        answers.explained(),
        answers.refused(),
        certified.size(),
        answers.faults(),
        withdrawn,
        certified.faults());
  }

  /**
   * What must be.
   *
   * @param states of every key
   * @param explained inputs explained
   * @param refused dead letters of images in all
   * @param erasures that were asked for
   * @param faults inputs not answered exactly once
   * @param withdrawn explanations that are there and should not be, or the reverse
   * @param certified erasures not answered exactly once
   */
  public record Account(
      States states,
      int explained,
      int refused,
      int erasures,
      List<String> faults,
      List<String> withdrawn,
      List<String> certified) {}

  /** The last record under each key must be a tombstone where, and only where, nothing stands. */
  private List<String> withdrawn(Set<String> standing) {
    Map<String, Boolean> there = new TreeMap<>();
    try (CommittedTopic committed = new CommittedTopic(connection, topics().explanations())) {
      committed.read(record -> there.put(key(record), record.value() != null));
    }
    List<String> out = new ArrayList<>();
    there.forEach(
        (key, is) -> {
          if (is != standing.contains(key)) {
            out.add(key + (is ? " should have a tombstone" : " should have none"));
          }
        });
    return out;
  }

  private Topics topics() {
    return connection.topics();
  }

  private void explanations(Consumer<Explanation> to) {
    read(topics().explanations(), Explanation.class, (at, e) -> to.accept(e));
  }

  private <T extends org.apache.avro.specific.SpecificRecord> void read(
      String topic, Class<T> type, BiConsumer<Instant, T> to) {
    Deserializer<T> reader = new AvroSerde<>(type, registry).deserializer();
    try (CommittedTopic committed = new CommittedTopic(connection, topic)) {
      committed.read(
          record -> {
            if (record.value() != null) {
              to.accept(
                  Instant.ofEpochMilli(record.timestamp()),
                  reader.deserialize(topic, record.value()));
            }
          });
    }
  }

  private static void put(SortedMap<String, byte[]> states, String key, Optional<byte[]> state) {
    if (state.isPresent()) {
      states.put(key, state.get());
    } else {
      states.remove(key);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static byte[] state(GlobalExplanation global) {
    ByteBuffer moments = global.getState();
    if (moments != null) {
      return bytes(moments);
    }
    Counters counters = new Counters();
    global.getCounters().forEach(counters::add);
    return counters.bytes();
  }

  @Override
  public void close() {
    changelogs.forEach(CommittedTopic::close);
    folds.close();
    global.close();
    registry.close();
  }
}

package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Fingerprint;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import fovea.core.map.GlobalMap;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.schema.GlobalExplanation;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the readers beside the kills would find: answers torn by hand, out of the real read model.
 */
class StrictReaderTest {
  private static final Topics TOPICS = new Topics("torn");
  private static final AggregateKey KEY =
      new AggregateKey(
          new ModelVersion(KnownStream.MODEL, "1", "fp32.0123456789abcdef"),
          KnownStream.FRAME,
          Quantity.ATTENTION_MAX1,
          KnownStream.LABEL,
          Basis.PREDICTED,
          KnownStream.site(0),
          LocalDate.parse("2026-03-04"));
  private static final int N = 8;
  private static final int CELLS = 16;

  private final KnownStream stream =
      new KnownStream(
          2_000,
          new Fingerprint("a key of the readers' test".getBytes(StandardCharsets.UTF_8)),
          Instant.EPOCH);
  private final Whole before = after(30, 41, 22, 9);
  private final Whole later = after(33, 45, 27, 10);
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final ReadSide side = new ReadSide(TOPICS, registry);

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void everyStateOfOneMomentPasses() {
    StrictReader reader = new StrictReader(stream);
    for (Whole whole : List.of(before, later)) {
      emit(whole.moments(), whole.folds());

      assertThat(askPort(reader)).isEqualTo(whole.moments().n());
      assertThat(askApi(reader)).isEqualTo(whole.moments().n());
    }
  }

  @Test
  void aMixtureOfTwoMomentsIsFoundOutWhereverItIsTorn() {
    byte[] first = before.moments().bytes();
    byte[] second = later.moments().bytes();
    int found = 0;
    for (int at = N; at < first.length; at += Integer.BYTES) {
      byte[] torn = first.clone();
      System.arraycopy(second, at, torn, at, torn.length - at);
      if (!Arrays.equals(torn, first) && !Arrays.equals(torn, second)) {
        emit(Moments.read(torn), before.folds());
        assertFoundOut();
        found++;
      }
    }
    assertThat(found).as("in every field but those that are zero").isGreaterThan(6 * CELLS);
  }

  @Test
  void foldsOfAnotherMomentAreFoundOutAlsoWhereTheyHoldAsMany() {
    emit(before.moments(), later.folds());
    assertFoundOut();

    emit(before.moments(), after(22, 41, 30, 9).folds());
    assertFoundOut();
  }

  @Test
  void aCountThatFallsIsFoundOut() {
    StrictReader reader = new StrictReader(stream);
    emit(later.moments(), later.folds());
    askPort(reader);
    emit(before.moments(), before.folds());

    assertThatThrownBy(() -> askPort(reader)).isInstanceOf(AssertionError.class);
  }

  private void assertFoundOut() {
    assertThatThrownBy(() -> askPort(new StrictReader(stream))).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> askApi(new StrictReader(stream))).isInstanceOf(AssertionError.class);
  }

  private long askPort(StrictReader reader) {
    return reader.see("port", side.port(Set.of()).orElseThrow());
  }

  /** As the API would tell it. */
  private long askApi(StrictReader reader) {
    GlobalMap map = side.port(Set.of()).orElseThrow();
    return reader.see("api", Sighting.of(map.moments(), map.folds()));
  }

  /** So many images of the first site, by partition, and none of the others. */
  private Whole after(long... ofPartition) {
    List<Long> counts =
        IntStream.range(0, CELLS)
            .mapToObj(cell -> cell < ofPartition.length ? ofPartition[cell] : 0)
            .toList();
    return stream.after(counts).orElseThrow();
  }

  private void emit(Moments moments, Folds folds) {
    GlobalExplanation record =
        GlobalExplanation.newBuilder()
            .setModel(KEY.model().id())
            .setModelVersion(KEY.model().version())
            .setVariant(KEY.model().variant())
            .setFrame(KEY.frame())
            .setQuantity(KEY.quantity().name())
            .setLabel(KEY.label())
            .setBasis(KEY.basis().name())
            .setSite(KEY.site())
            .setPane(KEY.pane())
            .setN(moments.n())
            .setState(ByteBuffer.wrap(moments.bytes()))
            .setFolds(ByteBuffer.wrap(folds.bytes()))
            .setCounters(Map.of())
            .build();
    String topic = TOPICS.globalExplanations();
    byte[] value =
        new AvroSerde<>(GlobalExplanation.class, registry).serializer().serialize(topic, record);
    side.models.apply(
        new ConsumerRecord<>(topic, 0, 0, KEY.text().getBytes(StandardCharsets.UTF_8), value));
  }
}

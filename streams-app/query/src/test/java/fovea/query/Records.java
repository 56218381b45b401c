package fovea.query;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.KeyText;
import fovea.core.aggregate.ModelVersion;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import fovea.core.quality.QualitySums;
import fovea.schema.Alignment;
import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import fovea.schema.GlobalExplanation;
import fovea.schema.LabelExplanation;
import fovea.schema.ModelEvent;
import fovea.schema.Tensor;
import fovea.schema.Timings;
import fovea.wire.AvroSerde;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes records of the result topics as the applications write them. */
final class Records {
  static final Topics TOPICS = new Topics("t");
  static final ModelVersion MODEL = new ModelVersion("cxr", "1", "fp32.00112233aabbccdd");
  static final String FRAME = "DX.any.any.4x4";
  static final LocalDate DAY = LocalDate.parse("2026-03-02");
  static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
  static final int EXPONENT = -14;

  final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final Map<Class<?>, AvroSerde<?>> serdes = new HashMap<>();
  private long offset;

  /** The state of images whose map is all 0 but for {@code value} at {@code cell}. */
  static Moments spot(int n, int height, int width, int cell, int value) {
    Moments moments = Moments.empty(height, width, EXPONENT);
    for (int i = 0; i < n; i++) {
      short[] cells = new short[height * width];
      cells[cell] = (short) value;
      moments.add(new CellMap(new CellGrid(height, width, EXPONENT, cells), false, 0, i + 1L));
    }
    return moments;
  }

  static AggregateKey key(String label, Basis basis, String site, LocalDate day) {
    return new AggregateKey(MODEL, FRAME, Quantity.ATTENTION_MAX1, label, basis, site, day);
  }

  ConsumerRecord<byte[], byte[]> map(AggregateKey key, Moments moments, Instant at) {
    return value(
        TOPICS.globalExplanations(),
        key.text(),
        global(key, moments.n(), ByteBuffer.wrap(moments.bytes()), null, Map.of()),
        at);
  }

  ConsumerRecord<byte[], byte[]> map(AggregateKey key, Moments moments, Folds folds, Instant at) {
    GlobalExplanation record =
        global(
            key,
            moments.n(),
            ByteBuffer.wrap(moments.bytes()),
            ByteBuffer.wrap(folds.bytes()),
            Map.of());
    return value(TOPICS.globalExplanations(), key.text(), record, at);
  }

  ConsumerRecord<byte[], byte[]> quality(AggregateKey key, long images, QualitySums sums) {
    return value(
        TOPICS.globalExplanations(),
        key.text(),
        global(key, images, ByteBuffer.wrap(sums.bytes()), null, Map.of()),
        AT);
  }

  ConsumerRecord<byte[], byte[]> counters(AggregateKey key, Map<String, Long> counters) {
    return value(TOPICS.globalExplanations(), key.text(), global(key, 0, null, null, counters), AT);
  }

  ConsumerRecord<byte[], byte[]> noMap(AggregateKey key) {
    return raw(TOPICS.globalExplanations(), key.text(), null, AT);
  }

  private static GlobalExplanation global(
      AggregateKey key,
      long n,
      @Nullable ByteBuffer state,
      @Nullable ByteBuffer folds,
      Map<String, Long> counters) {
    return GlobalExplanation.newBuilder()
        .setModel(key.model().id())
        .setModelVersion(key.model().version())
        .setVariant(key.model().variant())
        .setFrame(key.frame())
        .setQuantity(key.quantity().name())
        .setLabel(key.label())
        .setBasis(key.basis().name())
        .setSite(key.site())
        .setPane(key.pane())
        .setN(n)
        .setState(state)
        .setFolds(folds)
        .setCounters(new TreeMap<>(counters))
        .build();
  }

  /** What is said of one image: probability by label, all evidence at one cell. */
  record Said(
      String subject,
      String image,
      String site,
      Map<String, Float> probabilities,
      CellGrid evidence,
      Optional<byte[]> thumbnail) {}

  ConsumerRecord<byte[], byte[]> explanation(Said said, ModelVersion model, Instant at) {
    return value(
        TOPICS.explanations(), explanationKey(said, model), record(said, model, at).build(), at);
  }

  /** With more in the record. */
  ConsumerRecord<byte[], byte[]> explanation(
      Said said, ModelVersion model, Instant at, UnaryOperator<Explanation.Builder> more) {
    Explanation record = more.apply(record(said, model, at)).build();
    return value(TOPICS.explanations(), explanationKey(said, model), record, at);
  }

  /** As if the model had more labels than the record carries maps: only those said. */
  ConsumerRecord<byte[], byte[]> withMapsOf(
      Set<String> mapped, Said said, ModelVersion model, Instant at) {
    List<LabelExplanation> labels =
        said.probabilities.entrySet().stream()
            .map(e -> label(said, e, mapped.contains(e.getKey())))
            .toList();
    Explanation record = record(said, model, at).setLabels(labels).build();
    return value(TOPICS.explanations(), explanationKey(said, model), record, at);
  }

  private static Explanation.Builder record(Said said, ModelVersion model, Instant at) {
    return Explanation.newBuilder()
        .setSubjectId(said.subject)
        .setImageId(said.image)
        .setSite(said.site)
        .setModality("DX")
        .setAcquiredAt(at)
        .setIngestedAt(at)
        .setPayloadSha256("00")
        .setImageWidth(1000)
        .setImageHeight(1000)
        .setModel(model.id())
        .setModelVersion(model.version())
        .setModelSha256("00")
        .setPrecision("fp32")
        .setExplainer("class-evidence")
        .setExplainerHash(model.variant().substring("fp32.".length()))
        .setEngine("OnnxRuntime")
        .setProvider("CPU")
        .setLink("sigmoid")
        .setOffset(List.of())
        .setLabels(said.probabilities.entrySet().stream().map(e -> label(said, e, true)).toList())
        .setGridHeight(said.evidence.height())
        .setGridWidth(said.evidence.width())
        .setScaleExponent(said.evidence.scaleExponent())
        .setFrame(FRAME)
        .setAlignment(Alignment.newBuilder().setStatus("ALIGNED").setTransform("NONE").build())
        .setThumbnail(said.thumbnail.map(Records::tensor).orElse(null))
        .setTimings(new Timings(1, 1, 1, 1));
  }

  ConsumerRecord<byte[], byte[]> noExplanation(Said said, ModelVersion model) {
    return raw(TOPICS.explanations(), explanationKey(said, model), null, AT);
  }

  private static String explanationKey(Said said, ModelVersion model) {
    return KeyText.join(said.subject, said.image, model.id(), model.version());
  }

  private static LabelExplanation label(
      Said said, Map.Entry<String, Float> entry, boolean carried) {
    return LabelExplanation.newBuilder()
        .setQuality(List.of())
        .setLabel(entry.getKey())
        .setLogit(1f)
        .setProbability(entry.getValue())
        .setDecision(entry.getValue() >= 0.5f)
        .setThreshold(0.5f)
        .setEvidence(carried ? said.evidence.bytes() : null)
        .build();
  }

  private static Tensor tensor(byte[] grey) {
    return new Tensor(ByteBuffer.wrap(grey), List.of(64, 64), "gray8");
  }

  ConsumerRecord<byte[], byte[]> deadLetter(String reason, String message) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSourceTopic(TOPICS.images())
            .setSourcePartition(0)
            .setSourceOffset(offset)
            .setSourceTimestamp(AT)
            .setStage("score")
            .setReason(reason)
            .setMessage(message)
            .setOriginalSize(3)
            .setHeaders(List.of())
            .build();
    return value(TOPICS.deadLetters(), "s", letter, AT);
  }

  ConsumerRecord<byte[], byte[]> model(ModelVersion model, String status, Instant at, String says) {
    ModelEvent event =
        ModelEvent.newBuilder()
            .setModel(model.id())
            .setModelVersion(model.version())
            .setVariant(model.variant())
            .setModelSha256("00")
            .setStatus(status)
            .setReason(null)
            .setEngine("OnnxRuntime")
            .setProvider("CPU")
            .setLabels(List.of("NORMAL", "PNEUMONIA"))
            .setPositive(List.of("PNEUMONIA"))
            .setManifest(says)
            .setAt(at)
            .build();
    return value(TOPICS.models(), KeyText.join(model.id(), model.version()), event, at);
  }

  ConsumerRecord<byte[], byte[]> raw(
      String topic, String key, byte @Nullable [] value, Instant at) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset++,
        at.toEpochMilli(),
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  @SuppressWarnings("unchecked")
  private <T extends SpecificRecord> ConsumerRecord<byte[], byte[]> value(
      String topic, String key, T record, Instant at) {
    AvroSerde<T> serde =
        (AvroSerde<T>)
            serdes.computeIfAbsent(
                record.getClass(), type -> new AvroSerde<>((Class<T>) type, registry));
    return raw(topic, key, serde.serializer().serialize(topic, record), at);
  }
}

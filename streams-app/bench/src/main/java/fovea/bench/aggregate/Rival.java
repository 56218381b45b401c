package fovea.bench.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.schema.Explanation;
import fovea.schema.LabelExplanation;
import fovea.wire.Topics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one would write with the DSL: (explanations) ─▶ one record per label and basis ─▶ (deltas)
 * ─▶ groupByKey().aggregate() {maps}.
 *
 * <p>It is spared what it could be: grids travel through the repartition topic and are upsampled
 * behind it, one quantity is kept where Fovea keeps three, and nothing is emitted. It counts twice
 * what is sent twice, and forgets nothing.
 */
final class Rival {
  static final String DELTAS = "deltas";
  static final String MAPS = "maps";

  private static final int CELLS = 14;
  private static final float ONE = 1 << 14;

  private final Topics topics;
  private final Candidate candidate;
  private final Upsampling upsampling;

  Rival(Topics topics, Candidate candidate) {
    this.topics = topics;
    this.candidate = candidate;
    this.upsampling = new Upsampling(CELLS, candidate.side());
  }

  /** The topology; for one stream thread, as the upsampling has a buffer. */
  Topology topology(Serde<Explanation> explanations) {
    StreamsBuilder builder = new StreamsBuilder();
    var _ =
        builder.stream(topics.explanations(), Consumed.with(Serdes.ByteArray(), explanations))
            .flatMap((key, explanation) -> maps(explanation), Named.as("maps-of"))
            .groupByKey(Grouped.with(DELTAS, Serdes.String(), Serdes.ByteArray()))
            .aggregate(
                () -> FloatMaps.empty(candidate.side() * candidate.side()),
                (key, grid, state) -> state.add(upsampling.of(floats(grid))),
                Named.as("aggregate"),
                stored());
    return builder.build();
  }

  private Materialized<String, FloatMaps, KeyValueStore<Bytes, byte[]>> stored() {
    return Materialized.<String, FloatMaps, KeyValueStore<Bytes, byte[]>>as(MAPS)
        .withKeySerde(Serdes.String())
        .withValueSerde(candidate.serde())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of("cleanup.policy", "compact", "compression.type", "zstd"));
  }

  private static List<KeyValue<String, byte[]>> maps(Explanation e) {
    List<KeyValue<String, byte[]>> out = new ArrayList<>();
    String day = LocalDate.ofInstant(e.getAcquiredAt(), ZoneOffset.UTC).toString();
    for (LabelExplanation label : e.getLabels()) {
      CellGrid evidence = CellGrid.read(CELLS, CELLS, e.getScaleExponent(), label.getEvidence());
      byte[] grid =
          Attention.max1(evidence, e.getFloor(), e.getSubtractMin()).grid().bytes().array();
      out.add(KeyValue.pair(key(e, label, "ALL", day), grid));
      if (label.getDecision()) {
        out.add(KeyValue.pair(key(e, label, "PREDICTED", day), grid));
      }
    }
    return out;
  }

  private static String key(Explanation e, LabelExplanation label, String basis, String day) {
    return KeyText.join(
        e.getModel(), e.getModelVersion(), e.getFrame(), label.getLabel(), basis, e.getSite(), day);
  }

  private static float[] floats(byte[] grid) {
    ShortBuffer shorts = ByteBuffer.wrap(grid).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] out = new float[shorts.remaining()];
    for (int i = 0; i < out.length; i++) {
      out[i] = shorts.get(i) / ONE;
    }
    return out;
  }
}

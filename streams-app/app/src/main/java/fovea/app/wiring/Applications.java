package fovea.app.wiring;

import fovea.app.config.FoveaConfig;
import fovea.core.aggregate.Fingerprint;
import fovea.streams.AggregatePolicy;
import fovea.streams.AggregatePorts;
import fovea.streams.AggregateTopology;
import fovea.streams.ScorePolicy;
import fovea.streams.ScorePorts;
import fovea.streams.ScoreTopology;
import fovea.streams.ServedModels;
import fovea.streams.aggregate.Retention;
import fovea.streams.application.ApplicationHealth;
import fovea.streams.application.RocksDbMemory;
import fovea.streams.application.StreamsApplication;
import fovea.streams.application.StreamsSettings;
import fovea.wire.AvroSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The Kafka Streams applications of this process. */
final class Applications implements AutoCloseable {
  static final String SCORE = "score";
  static final String AGGREGATE = "aggregate";

  private static final int IMAGES_READ_AHEAD = 32;
  private static final int RECORDS_READ_AHEAD = 1000;
  private static final long SCORE_CACHE_BYTES = 1L << 20;

  private final FoveaConfig config;
  private final AvroSerdes serdes;
  private final MeterRegistry meters;
  private final RocksDbMemory memory;
  private final List<StreamsApplication> running = new ArrayList<>();

  Applications(FoveaConfig config, AvroSerdes serdes, MeterRegistry meters) {
    this.config = config;
    this.serdes = serdes;
    this.meters = meters;
    this.memory = new RocksDbMemory(config.state().rocksdbBytes());
    memory.bindTo(meters);
  }

  void startAggregate() {
    FoveaConfig.Aggregate plan = config.aggregate();
    AggregatePolicy standard = AggregatePolicy.DEFAULT;
    AggregatePolicy policy =
        new AggregatePolicy(
            plan.emitInterval(),
            standard.originalLimit(),
            standard.maxMessageBytes(),
            new Retention(plan.paneRetention()),
            config.topics().policy());
    Topology topology =
        new AggregateTopology(
                config.topics().names(),
                policy,
                new AggregatePorts(
                    serdes,
                    new Fingerprint(plan.hmacKey().getBytes(StandardCharsets.UTF_8)),
                    meters))
            .topology();
    start(topology, properties(AGGREGATE, plan.threads(), plan.cacheBytes(), RECORDS_READ_AHEAD));
  }

  void startScore(ServedModels models) {
    FoveaConfig.Score plan = config.score();
    ScorePolicy policy =
        new ScorePolicy(
            plan.limits(),
            plan.maxLabels(),
            plan.thumbnails(),
            ScorePolicy.DEFAULT.originalLimit(),
            plan.lookAhead(),
            plan.inference().timeout(),
            plan.sample());
    ScoreTopology score =
        new ScoreTopology(config.topics().names(), policy, new ScorePorts(serdes, models, meters));
    Properties properties =
        properties(
            SCORE, plan.threads(), SCORE_CACHE_BYTES, IMAGES_READ_AHEAD + 2 * plan.lookAhead());
    properties.putAll(score.settings());
    start(score.topology(), properties);
  }

  private Properties properties(String name, int threads, long cache, int readAhead) {
    StreamsSettings standard =
        StreamsSettings.of(
            StreamsSettings.applicationId(config.kafka().groupPrefix(), name),
            config.kafka().bootstrapServers(),
            config.state().directory());
    return new StreamsSettings(
            standard.applicationId(),
            standard.bootstrapServers(),
            standard.stateDirectory(),
            threads,
            config.state().commitInterval(),
            cache,
            readAhead,
            config.topics().replication(),
            standard.maxRequestBytes(),
            extra(name))
        .properties(memory);
  }

  private void start(Topology topology, Properties properties) {
    StreamsApplication application = new StreamsApplication(topology, properties, meters);
    running.add(application);
    application.start();
  }

  /** What the user hands through, and what several instances share the work by. */
  private Map<String, String> extra(String name) {
    Map<String, String> extra = new HashMap<>();
    extra.put(
        StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
        String.valueOf(config.state().standbyReplicas()));
    config
        .kafka()
        .instanceId()
        .ifPresent(id -> extra.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, id));
    if (name.equals(AGGREGATE)) {
      // Kafka tells how often the record cache had what was asked for at this level only.
      extra.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "DEBUG");
    }
    // What a repartition topic was purged of lies on the disk until its segment is rolled.
    extra.put("topic.segment.ms", Long.toString(config.topics().policy().erasureLag().toMillis()));
    extra.putAll(config.kafka().properties());
    return extra;
  }

  List<ApplicationHealth> health() {
    return running.stream().map(StreamsApplication::health).toList();
  }

  /** What ended one of them, if something did. */
  Optional<Throwable> failure() {
    return running.stream().flatMap(application -> application.failure().stream()).findFirst();
  }

  /** Those that started last, which write what the others read, stop first. */
  @Override
  public void close() {
    running.reversed().forEach(StreamsApplication::close);
    memory.close();
  }
}

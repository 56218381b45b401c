package fovea.app.config;

import fovea.core.explainer.ExplainerSpec;
import fovea.core.image.DecodeLimits;
import fovea.inference.InferenceConfig;
import fovea.streams.SamplePolicy;
import fovea.wire.TopicPolicy;
import fovea.wire.Topics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings as the rooms take them: one tree of records, read once at start.
 *
 * @param apps the applications that run in this process
 * @param kafka brokers and client properties
 * @param registry the schema registry
 * @param topics names and what new topics are made with
 * @param models which models are served
 * @param score the scoring application
 * @param aggregate the aggregating application
 * @param query the read models
 * @param http the server of the page and the API
 * @param state where and how state is kept
 */
public record FoveaConfig(
    Set<App> apps,
    Kafka kafka,
    Registry registry,
    TopicPlan topics,
    Models models,
    Score score,
    Aggregate aggregate,
    Query query,
    Http http,
    State state) {

  /** A state of a 14×14 grid with its key and what the cache adds to both. */
  private static final long CACHED_STATE_BYTES = 13 << 10;

  /** One application. */
  public enum App {
    SCORE,
    AGGREGATE,
    QUERY
  }

  /** Brokers, group prefix, this instance's name, properties handed to every client as they are. */
  public record Kafka(
      String bootstrapServers,
      String groupPrefix,
      Optional<String> instanceId,
      Map<String, String> properties) {}

  /**
   * Where the schema registry is, properties handed to its client as they are, and the class of the
   * records' serdes where it is not Fovea's own.
   */
  public record Registry(List<URI> urls, Map<String, String> properties, Optional<String> serde) {}

  /** Topic names, and what missing topics are made with. */
  public record TopicPlan(Topics names, TopicPolicy policy, short replication, boolean create) {}

  /**
   * The model store and what of it is served: {@code id} or {@code id:version}; empty for all.
   *
   * @param byName ids that are no part of all
   * @param signers public keys, one of which must have signed a model; empty for no signature
   * @param watch how often the store is looked at for what is new; zero for never
   */
  public record Models(
      Path store, List<String> serve, List<String> byName, List<String> signers, Duration watch) {
    /** Without signatures, and for good. */
    public Models(Path store, List<String> serve) {
      this(store, serve, List.of(), List.of(), Duration.ZERO);
    }
  }

  /** The scoring application. */
  public record Score(
      int threads,
      DecodeLimits limits,
      int maxLabels,
      boolean thumbnails,
      int lookAhead,
      Inference inference,
      SamplePolicy sample) {}

  /**
   * How engines are asked: how long they may take, and in batches of how many, how and when.
   *
   * @param engines what runs models
   * @param parityEvery each so many-th image is compared with the CPU where another engine serves
   */
  public record Inference(
      Duration timeout,
      int batchMax,
      Duration linger,
      int workers,
      InferenceConfig engines,
      int parityEvery) {}

  /** The aggregating application. */
  public record Aggregate(
      int threads,
      Duration emitInterval,
      Duration paneRetention,
      long cacheBytes,
      String hmacKey) {}

  /** The read models. */
  public record Query(int images) {}

  /** The server of the page, the API, health and metrics. */
  public record Http(String host, int port) {}

  /** State directory, commit interval, native memory of all stores, copies on other instances. */
  public record State(
      Path directory, Duration commitInterval, long rocksdbBytes, int standbyReplicas) {}

  /**
   * Reads the tree.
   *
   * @param project the folder that holds the project's own model store
   * @throws ConfigException if a value cannot be used; the message names key, value and source
   */
  public static FoveaConfig of(Settings s, Path project) {
    return new FoveaConfig(
        apps(s),
        new Kafka(
            s.text("kafka.bootstrap.servers"),
            s.text("group.prefix"),
            instanceId(s),
            s.passedThrough(Catalogue.KAFKA_PROPERTIES)),
        registry(s),
        new TopicPlan(
            names(s),
            policy(s),
            (short) s.number("topics.replication", 1, 100),
            s.flag("topics.create")),
        models(s, project),
        score(s),
        aggregate(s),
        new Query((int) s.number("query.images", 1, 10_000_000)),
        new Http(s.text("http.host"), (int) s.number("http.port", 0, 65_535)),
        new State(
            Path.of(s.text("state.dir")),
            s.duration("commit.interval"),
            s.number("rocksdb.bytes", 16L << 20, 1L << 40),
            (int) s.number("standby.replicas", 0, 10)));
  }

  private static Optional<String> instanceId(Settings s) {
    String id = s.text("instance.id");
    if (!id.matches("[A-Za-z0-9._-]{0,100}")) {
      throw new ConfigException(
          "instance.id must be letters, digits, '.', '_' and '-', but is '" + id + "'");
    }
    return Optional.of(id).filter(name -> !name.isEmpty());
  }

  private static Set<App> apps(Settings s) {
    try {
      return s.list("apps").stream()
          .map(name -> App.valueOf(name.toUpperCase(Locale.ROOT)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "apps must be some of %s, but is '%s'"
              .formatted(Arrays.toString(App.values()), s.text("apps")));
    }
  }

  private static Registry registry(Settings s) {
    return new Registry(
        s.list("registry.url").stream().map(FoveaConfig::uri).toList(),
        s.passedThrough(Catalogue.REGISTRY_PROPERTIES),
        Optional.of(s.text("serde.specific.avro")).filter(name -> !name.isEmpty()));
  }

  private static URI uri(String text) {
    if (!text.matches("https?://[^\\s/]+.*")) {
      throw new ConfigException("registry.url must be http:// or https://, but is '" + text + "'");
    }
    return URI.create(text);
  }

  private static Topics names(Settings s) {
    try {
      return new Topics(s.text("topics.prefix"));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static TopicPolicy policy(Settings s) {
    return new TopicPolicy(
        (int) s.number("topics.partitions", 1, 1000),
        TopicPolicy.DEFAULT_MAX_MESSAGE_BYTES,
        s.duration("retention.images"),
        s.duration("retention.explanations"),
        s.duration("retention.erased"));
  }

  private static Models models(Settings s, Path project) {
    String store = s.text("models.store");
    return new Models(
        store.isEmpty() ? project.resolve("model-store/models") : Path.of(store),
        s.list("models.serve"),
        s.list("models.by-name"),
        s.list("models.require-signature"),
        s.durationOrZero("models.watch"));
  }

  private static Score score(Settings s) {
    int threads = (int) s.number("score.threads", 0, 1024);
    return new Score(
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        new DecodeLimits(
            s.number("score.max.image.bytes", 1, 1L << 30),
            s.number("score.max.image.pixels", 1, 1L << 31)),
        (int) s.number("explain.max.labels", 0, 10_000),
        s.flag("privacy.thumbnails"),
        (int) s.number("score.lookahead", 0, 4096),
        InferenceSettings.read(s),
        sample(s));
  }

  private static SamplePolicy sample(Settings s) {
    SamplePolicy standard = SamplePolicy.DEFAULT;
    try {
      return new SamplePolicy(
          s.fraction("quality.sample"),
          ExplainerSpec.parse(s.text("quality.explainer")),
          standard.steps(),
          (int) s.number("quality.forwards", 2L * standard.steps(), 100_000),
          standard.batch());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "quality.explainer must ask the model more than once, but is '%s': %s"
              .formatted(s.text("quality.explainer"), e.getMessage()));
    }
  }

  private static String key(Settings s) {
    String key = s.text("privacy.hmac.key");
    if (key.getBytes(StandardCharsets.UTF_8).length < 16) {
      throw new ConfigException("privacy.hmac.key must have 16 bytes or more");
    }
    return key;
  }

  private static Duration paneRetention(Settings s) {
    Duration retention = s.duration("aggregate.pane.retention");
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new ConfigException("aggregate.pane.retention must be P1D or longer: " + retention);
    }
    return retention;
  }

  private static Aggregate aggregate(Settings s) {
    int threads = (int) s.number("aggregate.threads", 1, 1024);
    long cache = s.number("aggregate.cache.bytes", 0, 1L << 40);
    long keys = s.number("aggregate.keys", 1, 100_000_000);
    return new Aggregate(
        threads,
        s.duration("aggregate.emit.interval"),
        paneRetention(s),
        cache == 0 ? keys * CACHED_STATE_BYTES * threads : cache,
        key(s));
  }
}

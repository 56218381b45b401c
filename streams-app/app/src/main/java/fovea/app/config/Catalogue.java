package fovea.app.config;

import java.util.List;
import java.util.Optional;

/** Every setting there is. The documentation and {@code ./fovea config} are made from this list. */
public final class Catalogue {
  /** Client properties handed to Kafka as they are: {@code kafka.properties.<name>}. */
  static final String KAFKA_PROPERTIES = "kafka.properties.";

  /** Properties handed to the schema registry's client: {@code registry.properties.<name>}. */
  static final String REGISTRY_PROPERTIES = "registry.properties.";

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("kafka.bootstrap.servers", "localhost:9092", "The Kafka brokers."),
          new Setting(
              "registry.url", "http://localhost:8081", "Schema registry; several, by comma."),
          new Setting(
              "serde.specific.avro",
              "",
              "Class of the records' serdes, on FOVEA_CLASSPATH; empty: Fovea's own."),
          new Setting("topics.prefix", "fovea", "What every topic's name begins with."),
          new Setting("topics.partitions", "4", "Partitions of topics that Fovea creates."),
          new Setting(
              "topics.replication", "1", "Replication factor of topics that Fovea creates."),
          new Setting("retention.images", "P7D", "How long images and dead letters stay."),
          new Setting("retention.explanations", "P400D", "How long explanations stay."),
          new Setting("retention.erased", "P1D", "When what was overwritten or erased is gone."),
          new Setting("topics.create", "true", "Whether missing topics are created at start."),
          new Setting(
              "group.prefix", "fovea", "What every consumer group and application begins with."),
          new Setting(
              "apps", "score,aggregate,query", "The applications that run in this process."),
          new Setting("models.store", "", "Folder of models; empty: the project's own."),
          new Setting(
              "models.serve", "", "Model ids, or id:version, by comma; empty: all in the store."),
          new Setting(
              "models.by-name",
              "fundus-lesions",
              "Model ids, by comma, that are no part of all: they serve where models.serve names"
                  + " them."),
          new Setting(
              "models.watch",
              "PT30S",
              "How often the store is looked at: a new version serves once it is loaded, verified"
                  + " and warm; PT0S: never."),
          new Setting(
              "models.require-signature",
              "",
              "Ed25519 public keys by comma, each a PEM file or base64: only models that one of"
                  + " them signed serve; empty: all."),
          new Setting(
              "instance.id",
              "",
              "Name of this instance, unlike every other's and kept over restarts: a restart then"
                  + " moves no partition; empty: none."),
          new Setting(
              "standby.replicas", "0", "Copies of every state that other instances keep warm."),
          new Setting("state.dir", "fovea-data/state", "Where state stores keep their files."),
          new Setting("commit.interval", "PT1S", "How often results are committed."),
          new Setting("score.threads", "0", "Stream threads of score; 0: one per core."),
          new Setting(
              "score.lookahead",
              "2",
              "Images per partition that are begun before their turn; for batches as many as one"
                  + " holds; 0: none."),
          new Setting("score.max.image.bytes", "33554432", "Greatest encoded image."),
          new Setting("score.max.image.pixels", "100000000", "Greatest image, width times height."),
          new Setting(
              "inference.timeout",
              "PT5S",
              "How long an engine may take for an image, below 10 s; beyond, the process ends."),
          new Setting(
              "inference.batch.max",
              "1",
              "Images of one batch at most; 1: each on the thread that brings it, best on CPUs."),
          new Setting(
              "inference.batch.linger",
              "PT0S",
              "How long a batch that is not full waits for more."),
          new Setting(
              "inference.workers",
              "0",
              "Batches at once, per engine; 0: one per core, where a GPU is asked for two."),
          new Setting(
              "inference.engine",
              "OnnxRuntime",
              "OnnxRuntime, or TensorRT with its fall-back to CUDA and the CPU."),
          new Setting(
              "inference.providers",
              "",
              "What a model is tried on, in this order: tensorrt, cuda, cpu; empty: cpu for"
                  + " OnnxRuntime, all three for TensorRT."),
          new Setting(
              "inference.required",
              "false",
              "Whether only the first provider, in the precision asked for, will do; otherwise the"
                  + " next that loads."),
          new Setting(
              "inference.precision",
              "fp32",
              "fp32, fp16 or bf16; the last two on TensorRT only. Every precision has maps of its"
                  + " own."),
          new Setting("inference.threads", "1", "Threads of one inference on the CPU."),
          new Setting(
              "inference.arena",
              "true",
              "Whether engines keep native memory for the next inference; false: less memory,"
                  + " slower."),
          new Setting(
              "inference.gpu.memory.bytes", "0", "GPU memory of a model's arena; 0: no limit."),
          new Setting(
              "inference.trt.cache",
              "fovea-data/engines",
              "Folder of the engines that TensorRT built, by model, GPU, versions, precision and"
                  + " batch."),
          new Setting("inference.trt.engine.cache", "true", "Whether built engines are kept."),
          new Setting("inference.trt.timing.cache", "true", "Whether measured kernels are kept."),
          new Setting(
              "inference.trt.workspace.bytes",
              "0",
              "GPU memory for building an engine; 0: TensorRT's own choice."),
          new Setting(
              "inference.parity.every",
              "1000",
              "Each so many-th image of a model is also run on the CPU in fp32 and compared, where"
                  + " something else serves; 0: none."),
          new Setting(
              "quality.sample",
              "0.0002",
              "Share of images that the model is asked about more than once, to measure how good"
                  + " their explanations are."),
          new Setting(
              "quality.explainer",
              "occlusion stride=2 window=2",
              "The slow explainer that the fast one is compared with: occlusion, rise or mask-es."),
          new Setting(
              "quality.forwards", "300", "Runs of the model for one sampled question at most."),
          new Setting("explain.max.labels", "16", "Labels whose map is written, per model."),
          new Setting(
              "privacy.thumbnails", "true", "Whether records carry a grey 64-pixel thumbnail."),
          new Setting(
              "privacy.hmac.key",
              "fovea: choose your own",
              "Key of fingerprints and folds, 16 bytes or more; the same for life."),
          new Setting("aggregate.threads", "1", "Stream threads of aggregate."),
          new Setting(
              "aggregate.emit.interval", "PT1S", "At most one emission per key in this time."),
          new Setting(
              "aggregate.pane.retention",
              "P400D",
              "How long a day's aggregates stay, and what they are made of."),
          new Setting(
              "aggregate.keys",
              "5000",
              "Aggregates that change within a day: the record cache is made for them."),
          new Setting(
              "aggregate.cache.bytes",
              "0",
              "Record cache of aggregate, over all threads; 0: as aggregate.keys needs."),
          new Setting(
              "rocksdb.bytes", "134217728", "Native memory of all state stores of a process."),
          new Setting("query.images", "20000", "Newest images whose explanations query keeps."),
          new Setting(
              "http.host", "127.0.0.1", "Address of the page, the API, health and metrics."),
          new Setting("http.port", "8080", "Port of the page, the API, health and metrics."));

  private Catalogue() {}

  /** All settings, in the order they are documented. */
  public static List<Setting> settings() {
    return SETTINGS;
  }

  static Optional<Setting> find(String key) {
    return SETTINGS.stream().filter(s -> s.key().equals(key)).findFirst();
  }

  static boolean passesThrough(String key) {
    return key.startsWith(KAFKA_PROPERTIES) || key.startsWith(REGISTRY_PROPERTIES);
  }
}

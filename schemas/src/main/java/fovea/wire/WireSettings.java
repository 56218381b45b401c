package fovea.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * How the serde meets its registry, under Confluent's own configuration keys. Immutable.
 *
 * @param autoRegister whether a schema not yet known is registered when first written
 * @param useLatest whether to write with the subject's newest schema instead of the record's own;
 *     counts only where {@code autoRegister} is off
 * @param removeJavaProperties whether the schema goes to the registry without Avro's Java-only
 *     property, i.e. as the committed files have it
 */
record WireSettings(boolean autoRegister, boolean useLatest, boolean removeJavaProperties) {
  static final String URL = "schema.registry.url";
  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String USE_LATEST = "use.latest.version";
  static final String SPECIFIC = "specific.avro.reader";
  static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
  static final String KEY_STRATEGY = "key.subject.name.strategy";
  static final String VALUE_STRATEGY = "value.subject.name.strategy";

  private static final String TOPIC_NAME_STRATEGY = "TopicNameStrategy";

  static WireSettings defaults() {
    return new WireSettings(true, false, true);
  }

  static WireSettings from(Map<String, ?> configs) {
    if (!flag(configs, SPECIFIC, true)) {
      throw new ConfigException(SPECIFIC, false, "this serde reads specific records only");
    }
    requireTopicNames(configs, KEY_STRATEGY);
    requireTopicNames(configs, VALUE_STRATEGY);
    return new WireSettings(
        flag(configs, AUTO_REGISTER, true),
        flag(configs, USE_LATEST, false),
        flag(configs, REMOVE_JAVA_PROPERTIES, true));
  }

  /** The registry's addresses, several of them apart by commas or as a list. */
  static List<String> urls(Map<String, ?> configs) {
    List<String> urls =
        switch (configs.get(URL)) {
          case null -> List.of();
          case List<?> list -> list.stream().map(String::valueOf).toList();
          case Object one -> Arrays.asList(one.toString().split(","));
        };
    List<String> clean = urls.stream().map(String::strip).filter(url -> !url.isEmpty()).toList();
    if (clean.isEmpty()) {
      throw new ConfigException("missing required configuration '" + URL + "'");
    }
    return clean;
  }

  static Optional<String> text(Map<String, ?> configs, String key) {
    return Optional.ofNullable(configs.get(key))
        .map(WireSettings::reveal)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static String reveal(Object value) {
    return value instanceof org.apache.kafka.common.config.types.Password secret
        ? secret.value()
        : value.toString();
  }

  private static boolean flag(Map<String, ?> configs, String key, boolean otherwise) {
    String value = text(configs, key).orElse(Boolean.toString(otherwise));
    if (!value.equals("true") && !value.equals("false")) {
      throw new ConfigException(key, value, "must be true or false");
    }
    return value.equals("true");
  }

  private static void requireTopicNames(Map<String, ?> configs, String key) {
    Object strategy = configs.get(key);
    String name = strategy instanceof Class<?> type ? type.getName() : String.valueOf(strategy);
    if (strategy != null && !name.endsWith(TOPIC_NAME_STRATEGY)) {
      throw new ConfigException(key, strategy, "only " + TOPIC_NAME_STRATEGY + " is supported");
    }
  }
}

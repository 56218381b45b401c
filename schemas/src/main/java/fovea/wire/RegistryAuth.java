package fovea.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** What is sent as a registry call's {@code Authorization}. Immutable; never printed. */
public final class RegistryAuth {
  private final Optional<String> header;

  private RegistryAuth(Optional<String> header) {
    this.header = header;
  }

  public static RegistryAuth none() {
    return new RegistryAuth(Optional.empty());
  }

  /**
   * @param userInfo {@code user:password}
   */
  public static RegistryAuth basic(String userInfo) {
    if (!userInfo.contains(":")) {
      throw new IllegalArgumentException("basic authentication needs user:password");
    }
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return new RegistryAuth(Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes)));
  }

  public static RegistryAuth bearer(String token) {
    return new RegistryAuth(Optional.of("Bearer " + token));
  }

  /**
   * Takes Confluent's keys. {@code basic.auth.credentials.source} is USER_INFO or URL, {@code
   * bearer.auth.credentials.source} is STATIC_TOKEN.
   */
  static RegistryAuth from(Map<String, ?> configs) {
    return bearerFrom(configs).or(() -> basicFrom(configs)).orElseGet(RegistryAuth::none);
  }

  Optional<String> header() {
    return header;
  }

  @Override
  public String toString() {
    return header.isPresent() ? "RegistryAuth[present]" : "RegistryAuth[none]";
  }

  private static Optional<RegistryAuth> bearerFrom(Map<String, ?> configs) {
    String key = "bearer.auth.credentials.source";
    return WireSettings.text(configs, key)
        .map(
            source -> {
              if (!source.equals("STATIC_TOKEN")) {
                throw new ConfigException(key, source, "only STATIC_TOKEN is supported");
              }
              return bearer(required(configs, "bearer.auth.token"));
            });
  }

  private static Optional<RegistryAuth> basicFrom(Map<String, ?> configs) {
    String key = "basic.auth.credentials.source";
    Optional<String> source = WireSettings.text(configs, key);
    return switch (source.orElse("URL")) {
      case "URL" -> Optional.empty();
      case "USER_INFO" -> Optional.of(basic(required(configs, "basic.auth.user.info")));
      case String other ->
          throw new ConfigException(key, other, "only USER_INFO and URL are supported");
    };
  }

  private static String required(Map<String, ?> configs, String key) {
    return WireSettings.text(configs, key)
        .orElseThrow(() -> new ConfigException("missing required configuration '" + key + "'"));
  }
}

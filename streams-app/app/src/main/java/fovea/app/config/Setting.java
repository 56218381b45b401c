package fovea.app.config;

import java.util.Locale;

/**
 * One thing that can be set: its dotted key in the file, its default as text, and what it does.
 *
 * @param key e.g. {@code kafka.bootstrap.servers}
 * @param fallback the default, as it would be written in the file
 * @param meaning one sentence
 */
public record Setting(String key, String fallback, String meaning) {

  /** The environment variable that overrides it: {@code FOVEA_KAFKA_BOOTSTRAP_SERVERS}. */
  public String variable() {
    return "FOVEA_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether its value must not be printed. */
  public boolean secret() {
    return key.endsWith(".hmac.key") || key.contains("password") || key.contains("user.info");
  }
}

package fovea.app.config;

/** A setting is unknown or has a value that cannot be used; the message names both. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}

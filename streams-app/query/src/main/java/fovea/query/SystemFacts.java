package fovea.query;

/**
 * What a program needs to reach the same system: {@code /api/v1/system}.
 *
 * @param version of Fovea
 * @param topicPrefix what every topic's name begins with
 * @param bootstrapServers Kafka's addresses, as this instance reaches them
 * @param schemaRegistry addresses of the registry, apart by commas; without credentials
 */
public record SystemFacts(
    String version, String topicPrefix, String bootstrapServers, String schemaRegistry) {
  public SystemFacts {
    if (schemaRegistry.contains("@")) {
      throw new IllegalArgumentException("a published registry address holds no credentials");
    }
  }
}

package fovea.app.wiring;

import java.util.List;
import java.util.Map;

/**
 * Where a running Fovea is found, and what it serves.
 *
 * @param page address of the page; the API is below it at {@code /api/v1}
 * @param bootstrapServers the brokers
 * @param registry the schema registry
 * @param topicsPrefix what every topic's name begins with
 * @param models what serves, as {@code id/version}
 * @param refused why other models do not, by id and version
 */
public record Facts(
    String page,
    String bootstrapServers,
    String registry,
    String topicsPrefix,
    List<String> models,
    Map<String, String> refused) {

  /** For a person. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append("Page and API  ").append(page.isEmpty() ? "not in this process" : page);
    out.append("\nKafka         ").append(bootstrapServers);
    out.append("   topics ").append(topicsPrefix).append(".*");
    out.append("\nRegistry      ").append(registry);
    out.append("\nModels        ").append(String.join(", ", models));
    refused.forEach((model, reason) -> out.append("\nRefused       ").append(reason));
    return out.toString();
  }
}

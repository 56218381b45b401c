package fovea.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea map}: one global map, as a picture or as numbers. */
@Command(name = "map", description = "Write a global map as PNG, JSON or NPY.")
final class MapCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private InstanceOptions instance = new InstanceOptions();

  @Option(names = "--label", required = true, description = "The label.")
  private String label = "";

  @Option(names = "--out", required = true, description = "FILE.png, FILE.json or FILE.npy.")
  private Path out = Path.of("map.png");

  @Option(names = "--site", description = "One site (default: all, merged exactly).")
  private @Nullable String site;

  @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "First day.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "Last day.")
  private @Nullable LocalDate to;

  @Option(names = "--model", description = "Model id, where several are served.")
  private @Nullable String model;

  @Option(names = "--model-version", description = "Model version (default: the serving one).")
  private @Nullable String version;

  @Option(names = "--basis", description = "ALL or PREDICTED (default: ALL).")
  private @Nullable String basis;

  @Option(names = "--quantity", description = "ATTENTION_MAX1 (default), EVIDENCE, ...")
  private @Nullable String quantity;

  @Option(names = "--size", description = "Pixels of the longer side of a PNG.")
  private @Nullable Integer size;

  @Option(names = "--underlay", description = "mean-image or none.")
  private @Nullable String underlay;

  private final Surroundings surroundings;

  MapCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What was written. */
  record Written(Path file, long n, JsonNode key, String asOf) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    String path = path();
    try (ApiClient api = new ApiClient(instance.base())) {
      JsonNode facts = api.json("global-explanations/map", query(false));
      Files.write(out, api.get(path, query(path.endsWith("png"))));
      Written written =
          new Written(
              out, facts.path("n").asLong(), facts.path("key"), facts.path("asOf").asText());
      if (common.json) {
        surroundings.terminal().json(written);
      } else {
        surroundings.terminal().result("%s: the mean over %,d images".formatted(out, written.n()));
      }
    }
    return ExitCode.DONE;
  }

  private String path() {
    String name = out.toString();
    if (name.endsWith(".png") || name.endsWith(".npy")) {
      return "global-explanations/map" + name.substring(name.length() - 4);
    }
    if (name.endsWith(".json")) {
      return "global-explanations/map";
    }
    throw new WrongUseException("--out must end in .png, .json or .npy, but is '" + name + "'");
  }

  private Map<String, String> query(boolean picture) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("label", label);
    put(query, "site", site);
    put(query, "from", from);
    put(query, "to", to);
    put(query, "model", model);
    put(query, "version", version);
    put(query, "basis", basis);
    put(query, "quantity", quantity);
    if (picture) {
      put(query, "size", size);
      put(query, "underlay", underlay);
    }
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable Object value) {
    if (value != null) {
      query.put(name, value.toString());
    }
  }
}

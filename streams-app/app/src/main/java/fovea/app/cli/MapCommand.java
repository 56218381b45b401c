package fovea.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea map}: one global map or the difference of two, as a picture or as numbers. */
@Command(
    name = "map",
    description = "Write a global map, or the difference of two, as PNG, JSON or NPY.",
    footer = {
      "",
      "Example: the newest week minus the week before",
      "  fovea map --label PNEUMONIA --from 2026-11-15 --to 2026-11-21 \\",
      "            --minus from=2026-11-08,to=2026-11-14 --out change.png"
    })
final class MapCommand implements Callable<Integer> {
  private static final List<String> ENDINGS = List.of(".png", ".json", ".npy");

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private InstanceOptions instance = new InstanceOptions();
  @Mixin private MapSelectionOptions selection = new MapSelectionOptions();

  @Option(names = "--out", required = true, description = "FILE.png, FILE.json or FILE.npy.")
  private Path out = Path.of("map.png");

  @ArgGroup(exclusive = true)
  private @Nullable Comparison comparison;

  @Option(names = "--size", description = "Pixels of the longer side of a PNG.")
  private @Nullable Integer size;

  @Option(names = "--underlay", description = "mean-image or none.")
  private @Nullable String underlay;

  private final Surroundings surroundings;

  MapCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** What is taken away. */
  static final class Comparison {
    @Option(
        names = "--minus",
        paramLabel = "NAME=VALUE,...",
        description = {
          "Take away another map: as the first but for label=, basis=, from=, to=, pane=, site=,",
          "sites=, labels=, model=, version=. Nothing after = leaves it open: site= is all sites."
        })
    @Nullable String minus;

    @Option(
        names = "--present-minus-absent",
        arity = "0..1",
        fallbackValue = "",
        paramLabel = "outcome|decision",
        description = {
          "Images with the finding minus images without: by outcome where any is known,",
          "else by the model's decision."
        })
    @Nullable String presentMinusAbsent;
  }

  /** What was written. */
  record Written(Path file, long n, JsonNode key, String asOf) {}

  /** What was written of two maps; {@code by} is empty where both were chosen. */
  record WrittenDifference(
      Path file, long n, JsonNode key, long minusN, JsonNode minusKey, String by, String asOf) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    String ending = ending();
    Request request = request();
    try (ApiClient api = new ApiClient(instance.base())) {
      JsonNode facts = api.json(request.path(), request.query());
      Files.write(out, api.get(request.path() + form(ending), request.picture(ending)));
      if (comparison == null) {
        tell(facts);
      } else {
        tellDifference(facts);
      }
    }
    return ExitCode.DONE;
  }

  private void tell(JsonNode facts) {
    Written written =
        new Written(out, facts.path("n").asLong(), facts.path("key"), facts.path("asOf").asText());
    if (common.json) {
      surroundings.terminal().json(written);
    } else {
      surroundings.terminal().result("%s: the mean over %,d images".formatted(out, written.n()));
    }
  }

  private void tellDifference(JsonNode facts) {
    WrittenDifference written =
        new WrittenDifference(
            out,
            facts.at("/first/n").asLong(),
            facts.at("/first/key"),
            facts.at("/minus/n").asLong(),
            facts.at("/minus/key"),
            facts.path("by").asText(),
            facts.path("asOf").asText());
    if (common.json) {
      surroundings.terminal().json(written);
    } else {
      String by = written.by().isEmpty() ? "" : ", told apart by " + written.by();
      surroundings
          .terminal()
          .result(
              "%s: the mean over %,d images minus the mean over %,d%s"
                  .formatted(out, written.n(), written.minusN(), by));
    }
  }

  private String ending() {
    return ENDINGS.stream()
        .filter(out.toString()::endsWith)
        .findFirst()
        .orElseThrow(
            () ->
                new WrongUseException(
                    "--out must end in .png, .json or .npy, but is '" + out + "'"));
  }

  private static String form(String ending) {
    return ending.equals(".json") ? "" : ending;
  }

  private Request request() {
    String map = "global-explanations/map";
    Request.Parameters query = new Request.Parameters();
    selection.into(query);
    if (comparison == null) {
      return new Request(map, query, size, underlay);
    }
    if (comparison.minus != null) {
      Minus.into(query, comparison.minus);
      return new Request(map + "/difference", query, size, underlay);
    }
    query.put("by", comparison.presentMinusAbsent);
    return new Request(map + "/present-minus-absent", query, size, underlay);
  }
}

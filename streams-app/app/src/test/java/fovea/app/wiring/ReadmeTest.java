package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.config.FoveaConfig;
import fovea.core.aggregate.Fingerprint;
import fovea.streams.AggregatePolicy;
import fovea.streams.AggregatePorts;
import fovea.streams.AggregateTopology;
import fovea.streams.ScorePolicy;
import fovea.streams.ScorePorts;
import fovea.streams.ScoreTopology;
import fovea.streams.ServedModels;
import fovea.streams.application.DescribedFlow;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.SchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

/** The README shows what is: its drawing the topologies, its commands the ones there are. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("fovea.root", "../.."));
  private static final Pattern MARK = Pattern.compile("\\([a-z-]+\\)|\\[[a-z-]+]|\\{[a-z-]+}");
  private static final Topics TOPICS = new Topics("fovea");

  @Test
  void theDrawingShowsTheTopologiesArrowByArrow() throws IOException {
    String[] lines = flow(Files.readString(ROOT.resolve("README.md"))).split("\n");
    SortedSet<String> drawn = new TreeSet<>();
    for (String line : lines) {
      if (line.startsWith(" (")) {
        drawn.addAll(alongTheLine(line));
      } else if (line.matches(" *[│└├].*")) {
        drawn.addAll(downwards(lines[0], line));
      }
    }

    try (LoadedModels models =
        LoadedModels.load(
            new FoveaConfig.Models(ROOT.resolve("model-store/models"), List.of("fundus-phantom")),
            Engines.standard(UnaryOperator.identity()))) {
      assertThat(drawn).isEqualTo(DescribedFlow.of(TOPICS, topologies(models)).arrows());
    }
  }

  @Test
  void everyDocumentItLinksToIsThere() throws IOException {
    Matcher links =
        Pattern.compile("]\\(([^)#:]+)\\)").matcher(Files.readString(ROOT.resolve("README.md")));

    while (links.find()) {
      assertThat(ROOT.resolve(links.group(1))).exists();
    }
  }

  private static String flow(String readme) {
    int from = readme.indexOf("```\n", readme.indexOf("## The flow")) + 4;
    return readme.substring(from, readme.indexOf("```", from));
  }

  /** Each arrow of a line, and each store beside its step. */
  private static SortedSet<String> alongTheLine(String line) {
    SortedSet<String> arrows = new TreeSet<>();
    String last = "";
    Matcher mark = MARK.matcher(line);
    while (mark.find()) {
      String name = mark.group();
      if (!last.isEmpty()) {
        arrows.add(last + " -> " + name);
      }
      if (!name.startsWith("{")) {
        last = name;
      }
    }
    return arrows;
  }

  /** From each step that a corner, tee or cross stands below, to what that line leads to. */
  private static SortedSet<String> downwards(String line, String below) {
    Matcher end = MARK.matcher(below);
    assertThat(end.find()).isTrue();
    SortedSet<String> arrows = new TreeSet<>();
    Matcher mark = MARK.matcher(line);
    while (mark.find()) {
      String under = below.substring(mark.start(), Math.min(mark.end(), below.length()));
      if (mark.group().startsWith("[") && under.matches(".*[└┴├┼].*")) {
        arrows.add(mark.group() + " -> " + end.group());
      }
    }
    return arrows;
  }

  private static List<Topology> topologies(LoadedModels models) {
    SchemaRegistry registry = new InMemorySchemaRegistry();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Fingerprint fingerprint =
        new Fingerprint("a key for the drawing".getBytes(StandardCharsets.UTF_8));
    return List.of(
        new ScoreTopology(
                TOPICS,
                ScorePolicy.DEFAULT,
                new ScorePorts(registry, new ServedModels(models.serving()), meters))
            .topology(),
        new AggregateTopology(
                TOPICS, AggregatePolicy.DEFAULT, new AggregatePorts(registry, fingerprint, meters))
            .topology());
  }
}

package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.aggregate.Fingerprint;
import fovea.streams.AggregatePolicy;
import fovea.streams.AggregatePorts;
import fovea.streams.AggregateTopology;
import fovea.streams.DescribedFlow;
import fovea.streams.ScorePolicy;
import fovea.streams.ScorePorts;
import fovea.streams.ScoreTopology;
import fovea.wire.InMemorySchemaRegistry;
import fovea.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's drawing shows the topologies as they are. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("fovea.root", "../.."));

  @Test
  void theDrawingShowsTheTopologies() throws IOException {
    String flow = flow(Files.readString(ROOT.resolve("README.md")));
    System.out.println(flow);
  }

  private static String flow(String readme) {
    int from = readme.indexOf("```\n", readme.indexOf("## The flow"));
    return readme.substring(from, readme.indexOf("```", from + 4));
  }

  private static Set<String> marks(String flow, String pattern) {
    Set<String> out = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(flow);
    while (matcher.find()) {
      out.add(matcher.group(1));
    }
    return out;
  }
}

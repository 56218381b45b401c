package fovea.app.cli;

import fovea.app.config.FoveaConfig;
import fovea.wire.TopicCatalogue;
import fovea.wire.TopicSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea topics --print}: what a platform team has to make. */
@Command(name = "topics", description = "Print names, partitions and settings of all topics.")
final class TopicsCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  /** What the verb does anyway: the word makes a script say what it wants. */
  @Option(names = "--print", description = "Print them as YAML, or with --json as JSON.")
  private boolean print = true;

  private final Surroundings surroundings;

  TopicsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    FoveaConfig c = ConfigOptions.config(config.settings(surroundings, common), surroundings);
    List<TopicSpec> topics = new TopicCatalogue(c.topics().names(), c.topics().policy()).all();
    if (!print) {
      throw new WrongUseException("say --print");
    }
    if (common.json) {
      surroundings.terminal().json(topics.stream().map(t -> line(t, c)).toList());
    } else {
      surroundings.terminal().result("topics:");
      topics.forEach(topic -> print(topic, c.topics().replication()));
    }
    return ExitCode.DONE;
  }

  /** One topic of the answer. */
  record Line(
      String name, int partitions, int replication, String key, Map<String, String> config) {}

  private static Line line(TopicSpec topic, FoveaConfig c) {
    return new Line(
        topic.name(),
        topic.partitions(),
        c.topics().replication(),
        topic.key(),
        topic.sortedConfigs());
  }

  private void print(TopicSpec topic, short replication) {
    Terminal terminal = surroundings.terminal();
    terminal.result("  - name: " + topic.name());
    terminal.result("    partitions: " + topic.partitions());
    terminal.result("    replication: " + replication);
    terminal.result("    key: " + topic.key());
    terminal.result("    config:");
    topic
        .sortedConfigs()
        .forEach((key, value) -> terminal.result("      %s: \"%s\"".formatted(key, value)));
  }
}

package fovea.bench.aggregate;

import fovea.app.ingest.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a candidate's process is started: the same for all, with the heap that the greatest needs.
 *
 * @param work where it keeps its state and its log
 * @param candidate which
 * @param settings of Fovea
 */
record Launch(Path work, Candidate candidate, Map<String, String> settings) {
  private static final String HEAP = "-Xmx2g";

  Process start(Connection connection) throws IOException {
    String name = connection.topics().prefix();
    Map<String, String> all = new TreeMap<>(settings);
    all.put("kafka.bootstrap.servers", connection.bootstrapServers());
    all.put("registry.url", connection.registry().getFirst().toString());
    all.put("topics.prefix", name);
    all.put("group.prefix", name);
    all.put("apps", "aggregate");
    all.put("state.dir", work.resolve(name).toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(candidate.command());
    all.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(work.resolve(name + ".log").toFile())
        .start();
  }
}

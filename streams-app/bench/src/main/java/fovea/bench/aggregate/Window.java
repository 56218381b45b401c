package fovea.bench.aggregate;

import java.util.Map;
import java.util.TreeMap;

/**
 * What some images cost, from their first to the commit of all that came of them.
 *
 * @param images how many
 * @param cpuMillis CPU time of the application's process: all threads, JIT and GC among them
 * @param brokerMillis CPU time of this process: broker and registry, hardly more
 * @param seconds by the clock
 * @param written bytes that each topic grew by
 */
record Window(
    int images, double cpuMillis, double brokerMillis, double seconds, Map<String, Long> written) {

  double cpuMicrosPerLabel() {
    return 1e3 * cpuMillis / images / ExplanationSource.LABELS;
  }

  double brokerMicrosPerLabel() {
    return 1e3 * brokerMillis / images / ExplanationSource.LABELS;
  }

  double rate() {
    return images / seconds;
  }

  /** Bytes an image in all changelogs. */
  double changelogBytes() {
    return bytes("-changelog");
  }

  /** Bytes an image in all topics whose name ends so. */
  double bytes(String end) {
    return written.entrySet().stream()
            .filter(e -> e.getKey().endsWith(end))
            .mapToLong(Map.Entry::getValue)
            .sum()
        / (double) images;
  }

  static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> out = new TreeMap<>();
    after.forEach((topic, bytes) -> out.put(topic, bytes - before.getOrDefault(topic, 0L)));
    return out;
  }
}

package fovea.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a subject's records lie in; keys themselves are plain UTF-8 strings. */
public final class Keys {
  private Keys() {}

  /**
   * The partition of a subject: Kafka's own default for a record keyed by subjectId alone, so that
   * explanations, outcomes and erasures of one subject meet in one task.
   */
  public static int partition(String subjectId, int partitions) {
    byte[] key = subjectId.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}

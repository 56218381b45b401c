package fovea.streams.aggregate;

import fovea.core.aggregate.Fingerprint;
import fovea.wire.AvroSerdes;
import fovea.wire.TopicPolicy;
import fovea.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;

/**
 * What both steps of aggregate are made with.
 *
 * @param serdes of the records on shared topics; stores keep Fovea's own
 * @param fingerprint keyed with the programme's secret
 * @param meters where they count
 * @param retention how long panes live
 * @param emitInterval a state is sent at most once in it
 * @param topics names of topics
 * @param policy how topics are configured
 * @param changelog configuration of the stores' changelog topics
 */
public record AggregateSetup(
    AvroSerdes serdes,
    Fingerprint fingerprint,
    MeterRegistry meters,
    Retention retention,
    Duration emitInterval,
    Topics topics,
    TopicPolicy policy,
    Map<String, String> changelog) {
  public AggregateSetup {
    changelog = Map.copyOf(changelog);
  }

  Places places() {
    return new Places(topics, policy);
  }
}

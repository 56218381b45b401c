package fovea.streams.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topology as a running application. Thread-safe.
 *
 * <p>Whatever a thread throws is the world that broke, as bad records are data: the application
 * stops, so that nothing is skipped, and {@link #health()} tells why. Whoever runs it decides on a
 * restart. Its topics must exist before it starts.
 */
public final class StreamsApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final String id;
  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private final AtomicBoolean ran = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Does not start yet; {@code properties} are those of {@link StreamsSettings}. */
  public StreamsApplication(Topology topology, Properties properties, MeterRegistry meters) {
    if (!StreamsConfig.EXACTLY_ONCE_V2.equals(
        properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))) {
      throw new IllegalArgumentException(
          "Fovea runs exactly_once_v2 only: "
              + properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }
    this.id = properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
    new StateFolder(Path.of(properties.getProperty(StreamsConfig.STATE_DIR_CONFIG)), id)
        .dropBroken();
    this.streams = new KafkaStreams(topology, properties);
    this.metrics = new KafkaStreamsMetrics(streams, List.of(Tag.of("application", id)));
    streams.setStateListener((now, before) -> remember(now));
    streams.setUncaughtExceptionHandler(this::failed);
    metrics.bindTo(meters);
  }

  /** Starts its threads and returns at once. */
  public void start() {
    streams.start();
  }

  /** Its state now. */
  public ApplicationHealth health() {
    KafkaStreams.State state = streams.state();
    Optional<String> reason = Optional.ofNullable(failure.get()).map(Throwable::toString);
    boolean live = reason.isEmpty() && !state.hasStartedOrFinishedShuttingDown();
    return new ApplicationHealth(
        id, state.name(), ran.get(), live, live && state == KafkaStreams.State.RUNNING, reason);
  }

  /** What ended it, if something did. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Commits what is under way and stops; waits for it at most half a minute. */
  @Override
  public void close() {
    metrics.close();
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.atWarn().addKeyValue("application", id).log("did not stop in {}", CLOSE_TIMEOUT);
    }
  }

  private void remember(KafkaStreams.State state) {
    if (state == KafkaStreams.State.RUNNING) {
      ran.set(true);
    }
    LOG.atInfo().addKeyValue("application", id).addKeyValue("state", state).log("state");
  }

  private StreamThreadExceptionResponse failed(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      LOG.atError().addKeyValue("application", id).setCause(thrown).log("failed and stops");
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }
}

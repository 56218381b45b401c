package fovea.inference;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the batcher does: {@code fovea_batch_images} (how full batches are), {@code
 * fovea_batch_wait_seconds}, {@code fovea_batch_queue}. Thread-safe.
 */
final class BatchMeters {
  private final MeterRegistry meters;
  private final DistributionSummary images;
  private final Timer wait;

  BatchMeters(MeterRegistry meters) {
    this.meters = meters;
    this.images =
        DistributionSummary.builder("fovea.batch.images")
            .description("Images of one batch.")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
            .register(meters);
    this.wait =
        Timer.builder("fovea.batch.wait")
            .description("How long an image waited for its batch to begin.")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMillis(100))
            .register(meters);
  }

  void queue(BatchQueue queue) {
    Gauge.builder("fovea.batch.queue", queue, BatchQueue::size)
        .description("Images that wait for a batch.")
        .register(meters);
  }

  void began(List<BatchJob> jobs) {
    long now = System.nanoTime();
    images.record(jobs.stream().mapToInt(job -> job.images().count()).sum());
    jobs.forEach(job -> wait.record(now - job.since(), TimeUnit.NANOSECONDS));
  }
}

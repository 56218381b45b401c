package fovea.app.cli;

import fovea.app.ingest.Ingest;
import java.time.Duration;
import java.time.Instant;

/** Draws how far an ingest is, at most ten times a second; every ten seconds off a terminal. */
final class ProgressBar implements Ingest.Progress {
  private static final int WIDTH = 30;

  private final Terminal terminal;
  private final boolean answers;
  private final Duration interval;
  private final Instant start = Instant.now();
  private Instant drawn = Instant.EPOCH;

  ProgressBar(Terminal terminal, boolean answers) {
    this.terminal = terminal;
    this.answers = answers;
    this.interval = terminal.interactive() ? Duration.ofMillis(100) : Duration.ofSeconds(10);
  }

  @Override
  public void at(int published, int answered, int total) {
    Instant now = Instant.now();
    int done = answers ? answered : published;
    if (now.isBefore(drawn.plus(interval)) && done < total) {
      return;
    }
    drawn = now;
    double seconds = Math.max(0.001, Duration.between(start, now).toMillis() / 1000.0);
    int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
    terminal.status(
        "[%s%s] %,d of %,d  published %,d  %,.0f images/s"
            .formatted(
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total,
                published,
                done / seconds));
  }
}

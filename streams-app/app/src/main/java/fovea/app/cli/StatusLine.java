package fovea.app.cli;

import fovea.app.wiring.Instance;
import java.time.Duration;

/** One line of how it goes: images, images a second, lag, dead letters. */
final class StatusLine {
  /** How often it changes on a terminal. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final int QUIET_STEPS = 10;

  private final Terminal terminal;
  private final Instance instance;
  private long lastImages = -1;
  private int steps;

  StatusLine(Terminal terminal, Instance instance) {
    this.terminal = terminal;
    this.instance = instance;
  }

  /** Call once per {@link #INTERVAL}; off a terminal it prints every tenth. */
  void show() throws InterruptedException {
    Instance.Progress p = instance.progress();
    double rate = lastImages < 0 ? 0 : (p.images() - lastImages) / (double) INTERVAL.toSeconds();
    lastImages = p.images();
    if (terminal.interactive() || steps++ % QUIET_STEPS == 0) {
      terminal.status(
          "images %,d  %,.0f images/s  lag %,d  dead letters %,d"
              .formatted(p.images(), rate, p.lag(), p.deadLetters()));
    }
  }
}

package fovea.training;

import java.io.PrintStream;
import java.util.Locale;

/** A bar that is drawn again on one line of a terminal; elsewhere only whole lines appear. */
final class Progress {
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean terminal;
  private int shown = -1;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows {@code percent} done of {@code what}. */
  void bar(String what, int percent, String detail) {
    if (terminal && percent != shown) {
      shown = percent;
      int full = percent * WIDTH / 100;
      out.printf(
          Locale.ROOT,
          "\r%-12s [%s%s] %3d %%  %s",
          what,
          "#".repeat(full),
          "-".repeat(WIDTH - full),
          percent,
          detail);
      out.flush();
    }
  }

  /** A line that stays. */
  void line(String text) {
    out.println((terminal ? "\r\033[K" : "") + text);
    shown = -1;
  }
}

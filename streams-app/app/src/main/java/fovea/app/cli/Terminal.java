package fovea.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Where a verb writes: its result to standard output, as text or as one JSON document; progress and
 * logs to standard error.
 *
 * <p>A status line is rewritten in place on a terminal and printed now and then elsewhere. Not
 * thread-safe.
 */
public final class Terminal {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .findAndAddModules()
          .build();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private boolean statusShown;

  Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** A result for people. */
  public void result(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** A result for programs: the only thing on standard output. */
  public void json(Object document) {
    clear();
    try {
      out.println(JSON.writeValueAsString(document));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something the user should read now. */
  public void note(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  /** Progress, in one line that the next call replaces. */
  public void status(String text) {
    if (interactive) {
      err.print("\r\033[2K" + text);
    } else {
      err.println(text);
    }
    err.flush();
    statusShown = interactive;
  }

  /** Whether a person watches: then a status may change several times a second. */
  public boolean interactive() {
    return interactive;
  }

  private void clear() {
    if (statusShown) {
      err.print("\r\033[2K");
      statusShown = false;
    }
  }
}

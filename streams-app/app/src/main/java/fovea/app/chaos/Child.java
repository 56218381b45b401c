package fovea.app.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One place for a process that is started, killed and started again; its output is added to a file.
 * Thread-safe, so that the end of the harness can end it from a thread of its own.
 */
final class Child implements AutoCloseable {
  private final List<String> command;
  private final Path log;
  private Process process;
  private boolean closed;

  /** Starts it. */
  Child(List<String> command, Path log) throws IOException {
    this.command = List.copyOf(command);
    this.log = log;
    this.process = launch();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Starts it again; harmless where it runs, and after close nothing starts any more. */
  synchronized void start() throws IOException {
    if (!closed && !process.isAlive()) {
      process = launch();
    }
  }

  synchronized boolean alive() {
    return process.isAlive();
  }

  /** With which code it ended, once it has. */
  synchronized int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL: nothing is written, closed or said good-bye to. */
  synchronized void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and SIGKILL where it has not ended in time; true if it ended by itself. */
  synchronized boolean stop(Duration patience) throws InterruptedException {
    process.destroy();
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      kill();
    }
    return ended;
  }

  /** Kills it for good. */
  @Override
  public synchronized void close() {
    closed = true;
    process.destroyForcibly();
  }
}

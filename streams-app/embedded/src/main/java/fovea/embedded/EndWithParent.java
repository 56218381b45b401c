package fovea.embedded;

import java.io.IOException;

/**
 * Ties a process to the one that started it: when the parent ends, however it ends, the pipe to
 * standard input ends with it, and this process halts.
 */
public final class EndWithParent {
  private static final int ORPHANED = 4;

  private EndWithParent() {}

  /** Begins to watch, on a thread of its own that keeps nothing alive. */
  public static void watch() {
    Thread.ofPlatform().daemon().name("end-with-parent").start(EndWithParent::await);
  }

  private static void await() {
    try {
      while (System.in.read() >= 0) {
        // The parent writes nothing: only the end counts.
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(ORPHANED);
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}

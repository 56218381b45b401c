package fovea.query;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Pictures that were drawn, kept until what they show changes. Thread-safe; bounded by bytes.
 *
 * <p>A picture is drawn by one thread at a time. Whoever asks meanwhile waits, and is given the
 * first picture of what was there when he asked, or later: however many ask, and however many of
 * them have left, no picture is drawn twice in a row for nothing. Only some pictures are drawn at
 * once, so that one core is left for the rest; who would wait too long is told to come again.
 */
final class KeptPictures {
  private static final long PATIENCE_SECONDS = 10;
  private static final int MAX_WAITING = 200;

  private final long maxBytes;
  private final Semaphore atOnce;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private int waiting;
  private long forgotten;

  /** Keeps about {@code maxBytes}, draws {@code atOnce} at the same time. */
  KeptPictures(long maxBytes, int atOnce) {
    this.maxBytes = maxBytes;
    this.atOnce = new Semaphore(atOnce);
  }

  /** 32 MiB; as many at once as leave a core free. */
  static KeptPictures standard() {
    return new KeptPictures(32L << 20, Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  }

  /**
   * What a picture would show.
   *
   * @param tag equal where two pictures are
   * @param drawing draws it
   */
  record Scene(String tag, Supplier<byte[]> drawing) {}

  /**
   * The picture of this name, of what {@code now} says it shows.
   *
   * @throws Problem if it could not be drawn in time, or what {@code now} throws
   */
  byte[] picture(String name, Supplier<Scene> now) {
    Kept one = enter(name);
    try {
      long asked = one.begun;
      if (!one.drawn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
      try {
        Optional<byte[]> newer = held(one, asked);
        return newer.isPresent() ? newer.get() : drawn(one, now);
      } finally {
        one.drawn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } finally {
      leave(name, one);
    }
  }

  /** Lets go of every picture; one that is being drawn now will not be kept. */
  synchronized void forget() {
    forgotten++;
    kept.values().forEach(one -> one.content = Optional.empty());
    kept.values().removeIf(one -> one.users == 0);
    bytes = 0;
  }

  /** How many ask at this moment. */
  synchronized int waiting() {
    return waiting;
  }

  synchronized long bytes() {
    return bytes;
  }

  /** One picture. Its fields are guarded by the owner, but for what only the drawer writes. */
  private static final class Kept {
    final ReentrantLock drawn = new ReentrantLock();
    volatile long begun;
    long finished;
    int users;
    Optional<Content> content = Optional.empty();
  }

  private static final class Content {
    final String tag;
    final byte[] bytes;

    Content(String tag, byte[] bytes) {
      this.tag = tag;
      this.bytes = bytes;
    }
  }

  private synchronized Kept enter(String name) {
    if (waiting >= MAX_WAITING) {
      throw busy();
    }
    waiting++;
    Kept one = kept.computeIfAbsent(name, n -> new Kept());
    one.users++;
    return one;
  }

  private synchronized Optional<byte[]> held(Kept one, long asked) {
    return one.finished > asked ? one.content.map(content -> content.bytes) : Optional.empty();
  }

  private byte[] drawn(Kept one, Supplier<Scene> now) throws InterruptedException {
    long begun = one.begun + 1;
    one.begun = begun;
    long before = forgettings();
    Scene scene = now.get();
    Content content = content(one, scene);
    keep(one, content, begun, before);
    return content.bytes;
  }

  private Content content(Kept one, Scene scene) throws InterruptedException {
    Optional<Content> same = sameAs(one, scene.tag);
    if (same.isPresent()) {
      return same.get();
    }
    if (!atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw busy();
    }
    try {
      return new Content(scene.tag, scene.drawing.get());
    } finally {
      atOnce.release();
    }
  }

  private synchronized long forgettings() {
    return forgotten;
  }

  private synchronized Optional<Content> sameAs(Kept one, String tag) {
    return one.content.filter(content -> content.tag.equals(tag));
  }

  private synchronized void keep(Kept one, Content content, long begun, long before) {
    if (forgotten == before) {
      bytes += content.bytes.length - one.content.map(old -> old.bytes.length).orElse(0);
      one.content = Optional.of(content);
      one.finished = begun;
    }
  }

  private synchronized void leave(String name, Kept one) {
    waiting--;
    one.users--;
    if (one.users == 0 && one.content.isEmpty()) {
      kept.remove(name, one);
    }
    Iterator<Kept> eldest = kept.values().iterator();
    while (bytes > maxBytes && eldest.hasNext()) {
      Kept candidate = eldest.next();
      if (candidate.users == 0) {
        bytes -= candidate.content.map(content -> content.bytes.length).orElse(0);
        eldest.remove();
      }
    }
  }

  private static Problem busy() {
    return Problem.notReady("too many pictures are being drawn at this moment");
  }
}

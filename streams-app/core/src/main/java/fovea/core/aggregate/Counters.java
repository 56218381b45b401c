package fovea.core.aggregate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many images had which fate: names with counts above 0, the value behind {@link
 * AggregateKey#counters}.
 *
 * <p>Counts are sums, so {@code add} commutes, {@code merge} equals having counted all of both, and
 * {@code subtract} undoes it. Equal counters have equal bytes: version 1 (uint8), number of names
 * (uint16), and for each, in order of name, its length and modified UTF-8 ({@link
 * java.io.DataOutput#writeUTF}) and count (int64); big-endian.
 *
 * <p>Mutable and thread-confined; {@link #snapshot()} is immutable.
 */
public final class Counters {
  private static final int VERSION = 1;

  private final SortedMap<String, Long> counts = new TreeMap<>();

  /**
   * Reads what {@link #bytes()} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Counters read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readUnsignedByte() != VERSION) {
        throw new IllegalArgumentException("not counters of version 1: version " + bytes[0]);
      }
      Counters counters = new Counters();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        counters.add(in.readUTF(), in.readLong());
      }
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes behind the last counter");
      }
      return counters;
    } catch (EOFException e) {
      throw new IllegalArgumentException("counters cut off at " + bytes.length + " bytes", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not counters", e);
    }
  }

  /**
   * Adds {@code by}, which may be negative.
   *
   * @throws IllegalArgumentException if the count would become negative
   * @throws ArithmeticException if it would not fit
   */
  public void add(String name, long by) {
    long count = Math.addExact(count(name), by);
    if (count < 0) {
      throw new IllegalArgumentException("%s cannot become %d by %d".formatted(name, count, by));
    }
    if (count == 0) {
      counts.remove(name);
    } else {
      counts.put(name, count);
    }
  }

  /** Adds everything that {@code other} counted. */
  public void merge(Counters other) {
    other.snapshot().forEach(this::add);
  }

  /** Takes everything away that {@code other} counted, as if it had never been merged. */
  public void subtract(Counters other) {
    other.snapshot().forEach((name, count) -> add(name, -count));
  }

  /** 0 for a name never added. */
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Whether every count is 0. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Names and counts above 0; an immutable copy. */
  public Map<String, Long> snapshot() {
    return Map.copyOf(counts);
  }

  /** The state, a new array. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeShort(counts.size());
      for (Map.Entry<String, Long> entry : counts.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a name is too long", e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counters that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return "Counters" + counts;
  }
}

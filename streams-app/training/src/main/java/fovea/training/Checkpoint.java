package fovea.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a training stands after an epoch: with it, an interrupted one goes on as if nothing had
 * been.
 *
 * @param plan of what was trained how; another training does not go on from here
 * @param epoch the last that is complete
 * @param best the least validation objective so far
 * @param worse epochs since then
 * @param weights now, by parameter
 * @param bestWeights then
 * @param optimised state of the optimiser
 */
record Checkpoint(
    String plan,
    int epoch,
    double best,
    int worse,
    Map<String, float[]> weights,
    Map<String, float[]> bestWeights,
    Optimised optimised) {
  private static final int FORMAT = 1;

  /**
   * State of the optimiser.
   *
   * @param first running means of the gradients, by parameter
   * @param second running means of their squares, by parameter
   * @param steps so far
   */
  record Optimised(Map<String, float[]> first, Map<String, float[]> second, int steps) {}

  /** Replaces the file whole. */
  void write(Path file) {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
        out.writeInt(FORMAT);
        out.writeUTF(plan);
        out.writeInt(epoch);
        out.writeDouble(best);
        out.writeInt(worse);
        out.writeInt(optimised.steps());
        write(out, weights);
        write(out, bestWeights);
        write(out, optimised.first());
        write(out, optimised.second());
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** What stands in the file; empty where there is none. */
  static Optional<Checkpoint> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int format = in.readInt();
      if (format != FORMAT) {
        throw new IllegalStateException(file + " has another layout: " + format);
      }
      String plan = in.readUTF();
      int epoch = in.readInt();
      double best = in.readDouble();
      int worse = in.readInt();
      int steps = in.readInt();
      return Optional.of(
          new Checkpoint(
              plan,
              epoch,
              best,
              worse,
              arrays(in),
              arrays(in),
              new Optimised(arrays(in), arrays(in), steps)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static void write(DataOutputStream out, Map<String, float[]> arrays) throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<String, float[]> array : new TreeMap<>(arrays).entrySet()) {
      out.writeUTF(array.getKey());
      out.writeInt(array.getValue().length);
      for (float value : array.getValue()) {
        out.writeFloat(value);
      }
    }
  }

  private static Map<String, float[]> arrays(DataInputStream in) throws IOException {
    Map<String, float[]> out = new TreeMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      float[] values = new float[in.readInt()];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readFloat();
      }
      out.put(name, values);
    }
    return out;
  }
}

package fovea.bench.kernel;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether adding a map to planes that lie in a byte array vectorises: the same loops over an array
 * of longs beside it, with the same maps in the same order. Run with {@code -XX:-UseSuperWord} to
 * see what both take without vectors.
 *
 * <p>{@code moments} is the product's own state, which counts cells ≥ ½ and keeps its header beside
 * the six planes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AddKernel {
  private static final int MAPS = 64;
  private static final int SCALE_EXPONENT = -14;

  /** Cells of a side. */
  @Param({"14", "32"})
  private int side;

  private short[][] maps = new short[0][];
  private CellMap[] cellMaps = new CellMap[0];
  private BytePlanes bytes = new BytePlanes(1);
  private LongPlanes longs = new LongPlanes(1);
  private Moments moments = Moments.empty(1, 1, SCALE_EXPONENT);
  private int next;

  /** Makes maps and empty planes. */
  @Setup
  public void open() {
    Random random = new Random(1);
    maps = new short[MAPS][side * side];
    cellMaps = new CellMap[MAPS];
    for (int m = 0; m < MAPS; m++) {
      for (int i = 0; i < maps[m].length; i++) {
        maps[m][i] = (short) random.nextInt((1 << -SCALE_EXPONENT) + 1);
      }
      CellGrid grid = new CellGrid(side, side, SCALE_EXPONENT, maps[m]);
      cellMaps[m] = new CellMap(grid, false, 0, random.nextLong());
    }
    bytes = new BytePlanes(side);
    longs = new LongPlanes(side);
    moments = Moments.empty(side, side, SCALE_EXPONENT);
  }

  /** Planes in a byte array, through a VarHandle. */
  @Benchmark
  public byte[] byteArray() {
    return bytes.add(maps[next()]);
  }

  /** Planes in an array of longs. */
  @Benchmark
  public long[] longArray() {
    return longs.add(maps[next()]);
  }

  /** The product's state. */
  @Benchmark
  public Moments moments() {
    moments.add(cellMaps[next()]);
    return moments;
  }

  private int next() {
    next = (next + 1) % MAPS;
    return next;
  }
}

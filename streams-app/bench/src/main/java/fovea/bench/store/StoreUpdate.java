package fovea.bench.store;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one label of one image costs in the store: get, copy, add, put, through the cache that
 * Streams writes once a commit. Eight keys in turn, a commit every hundred images.
 *
 * <p>{@code exact} is Fovea's state on a grid of 14×14 cells. {@code naive} is what an aggregate of
 * upsampled maps does: to 224×224, add to mean and squares in float32, write the whole.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class StoreUpdate {
  private final StoreRig exact = new StoreRig(new ExactUpdate());
  private final StoreRig naive = new StoreRig(new NaiveUpdate());

  /** Opens the stores. */
  @Setup
  public void open() {
    exact.open();
    naive.open();
  }

  /** Fovea's state. */
  @Benchmark
  @OperationsPerInvocation(StoreRig.UPDATES)
  public void exact() {
    exact.commit();
  }

  /** The rival's. */
  @Benchmark
  @OperationsPerInvocation(StoreRig.UPDATES)
  public void naive() {
    naive.commit();
  }

  /** Closes the stores and removes their files. */
  @TearDown
  public void close() {
    exact.close();
    naive.close();
  }
}

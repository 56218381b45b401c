package fovea.bench.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The six planes of sums as little-endian int64 in a byte array, as the state lies in its store.
 */
final class BytePlanes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEADER = 40;

  private final int side;
  private final byte[] state;

  BytePlanes(int side) {
    this.side = side;
    this.state = new byte[HEADER + Long.BYTES * Neighbour.PLANES * side * side];
  }

  byte[] add(short[] g) {
    sums(g);
    for (Neighbour neighbour : Neighbour.ALL) {
      products(g, neighbour);
    }
    return state;
  }

  void sums(short[] g) {
    int first = HEADER;
    int second = HEADER + 8 * g.length;
    for (int i = 0; i < g.length; i++) {
      long v = g[i];
      LONG.set(state, first + 8 * i, (long) LONG.get(state, first + 8 * i) + v);
      LONG.set(state, second + 8 * i, (long) LONG.get(state, second + 8 * i) + v * v);
    }
  }

  void products(short[] g, Neighbour to) {
    int at = HEADER + 8 * to.plane() * g.length;
    int step = to.step(side);
    for (int r = 0; r < to.rows(side); r++) {
      for (int i = r * side + to.from(); i < r * side + to.to(side); i++) {
        long product = (long) g[i] * g[i + step];
        LONG.set(state, at + 8 * i, (long) LONG.get(state, at + 8 * i) + product);
      }
    }
  }
}

package fovea.bench.kernel;

/** The same planes in an array of longs: what the kernel over bytes is held against. */
final class LongPlanes {
  private final int side;
  private final long[] state;

  LongPlanes(int side) {
    this.side = side;
    this.state = new long[Neighbour.PLANES * side * side];
  }

  long[] add(short[] g) {
    sums(g);
    for (Neighbour neighbour : Neighbour.ALL) {
      products(g, neighbour);
    }
    return state;
  }

  void sums(short[] g) {
    int second = g.length;
    for (int i = 0; i < g.length; i++) {
      long v = g[i];
      state[i] += v;
      state[second + i] += v * v;
    }
  }

  void products(short[] g, Neighbour to) {
    int at = to.plane() * g.length;
    int step = to.step(side);
    for (int r = 0; r < to.rows(side); r++) {
      for (int i = r * side + to.from(); i < r * side + to.to(side); i++) {
        state[at + i] += (long) g[i] * g[i + step];
      }
    }
  }
}

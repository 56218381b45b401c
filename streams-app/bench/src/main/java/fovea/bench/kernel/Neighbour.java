package fovea.bench.kernel;

import java.util.List;

/** A neighbour whose product with each cell is summed, in the order of the planes. */
enum Neighbour {
  EAST(2, 0, 1),
  SOUTH(3, 1, 0),
  SOUTH_EAST(4, 1, 1),
  SOUTH_WEST(5, 1, -1);

  /** With the sum and the sum of squares before them. */
  static final int PLANES = 6;

  static final List<Neighbour> ALL = List.of(values());

  private final int plane;
  private final int down;
  private final int right;

  Neighbour(int plane, int down, int right) {
    this.plane = plane;
    this.down = down;
    this.right = right;
  }

  int plane() {
    return plane;
  }

  int step(int side) {
    return down * side + right;
  }

  int rows(int side) {
    return side - down;
  }

  /** The first column that has it. */
  int from() {
    return right < 0 ? 1 : 0;
  }

  /** Behind the last column that has it. */
  int to(int side) {
    return right > 0 ? side - 1 : side;
  }
}

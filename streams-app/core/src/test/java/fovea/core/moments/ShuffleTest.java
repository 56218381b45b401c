package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.explanation.CellGrid;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same contributions in any order, over any partitioning, merged in any order: one SHA-256. */
class ShuffleTest {
  private static final int CONTRIBUTIONS = Integer.getInteger("fovea.shuffle.contributions", 20000);
  private static final int SHUFFLES = Integer.getInteger("fovea.shuffle.shuffles", 1000);
  private static final int SIDE = Integer.getInteger("fovea.shuffle.side", 2);

  private record Contribution(int fold, CellMap map) {}

  private record Sums(Moments moments, Folds folds) {
    Sums() {
      this(Moments.empty(SIDE, SIDE, -14), Folds.empty(SIDE, SIDE));
    }

    void add(Contribution one) {
      moments.add(one.map());
      folds.add(one.fold(), one.map().grid());
    }

    void merge(Sums other) {
      moments.merge(other.moments);
      folds.merge(other.folds);
    }
  }

  @Test
  void aThousandShufflesOverOneToSixteenPartitionsGiveOneHash() throws GeneralSecurityException {
    List<Contribution> contributions = contributions();
    Random random = new Random(11);
    Set<String> hashes = new HashSet<>();

    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      Collections.shuffle(contributions, random);
      hashes.add(hash(sum(contributions, 1 + shuffle % 16, random)));
    }

    assertThat(hashes).hasSize(1);
    contributions.removeLast();
    assertThat(hashes).doesNotContain(hash(sum(contributions, 3, random)));
  }

  private static Sums sum(List<Contribution> contributions, int partitions, Random random) {
    List<Sums> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      parts.add(new Sums());
    }
    for (Contribution one : contributions) {
      parts.get(random.nextInt(partitions)).add(one);
    }
    Collections.shuffle(parts, random);
    Sums all = new Sums();
    parts.forEach(all::merge);
    return all;
  }

  private static List<Contribution> contributions() {
    Random random = new Random(5);
    List<Contribution> out = new ArrayList<>();
    for (int i = 0; i < CONTRIBUTIONS; i++) {
      short[] cells = new short[SIDE * SIDE];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = (short) random.nextInt((1 << 14) + 1);
      }
      CellGrid grid = new CellGrid(SIDE, SIDE, -14, cells);
      CellMap map = new CellMap(grid, false, random.nextInt(3), random.nextLong());
      out.add(new Contribution(random.nextInt(Folds.FOLDS), map));
    }
    return out;
  }

  private static String hash(Sums sums) throws GeneralSecurityException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(sums.moments().bytes());
    sha.update(sums.folds().bytes());
    return HexFormat.of().formatHex(sha.digest());
  }
}

package fovea.bench.aggregate;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The same contributions, shuffled, dealt to 1 to 16 partitions, and those merged in random order:
 * moments and folds must come out the same, bit for bit. Ends with 1 where they do not, and where
 * leaving one contribution out does not show.
 */
@CommandLine.Command(name = "shuffles", mixinStandardHelpOptions = true)
public final class Shuffles implements Callable<Integer> {
  private static final int SCALE_EXPONENT = -14;
  private static final int PARTITIONS = 16;

  @Option(names = "--shuffles", defaultValue = "1000", description = "How many.")
  private int shuffles;

  @Option(names = "--contributions", defaultValue = "20000", description = "How many.")
  private int contributions;

  @Option(names = "--side", defaultValue = "14", description = "Cells of a side of the grid.")
  private int side;

  @Option(names = "--seed", defaultValue = "1", description = "Of contributions and shuffles.")
  private long seed;

  private record Contribution(int fold, CellMap map) {}

  private record Sums(Moments moments, Folds folds) {
    void add(Contribution one) {
      moments.add(one.map());
      folds.add(one.fold(), one.map().grid());
    }

    void merge(Sums other) {
      moments.merge(other.moments);
      folds.merge(other.folds);
    }
  }

  /** Prints every hash that came out, and how often. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Shuffles()).execute(args));
  }

  @Override
  public Integer call() throws NoSuchAlgorithmException {
    Random random = new Random(seed);
    List<Contribution> all = contributions(random);
    Map<String, Integer> hashes = new TreeMap<>();
    for (int shuffle = 0; shuffle < shuffles; shuffle++) {
      Collections.shuffle(all, random);
      hashes.merge(hash(sum(all, 1 + shuffle % PARTITIONS, random)), 1, Integer::sum);
    }
    boolean seen = !hashes.containsKey(hash(sum(all.subList(1, all.size()), 3, random)));
    System.out.printf(
        "%,d shuffles of %,d contributions of %dx%d cells over 1 to %d partitions: %d SHA-256%n",
        shuffles, contributions, side, side, PARTITIONS, hashes.size());
    hashes.forEach((hash, times) -> System.out.printf("%s %,d times%n", hash, times));
    System.out.printf("one contribution less: %s%n", seen ? "another SHA-256" : "not seen");
    return hashes.size() == 1 && seen ? 0 : 1;
  }

  private Sums sum(List<Contribution> all, int partitions, Random random) {
    List<Sums> parts = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      parts.add(empty());
    }
    for (Contribution one : all) {
      parts.get(random.nextInt(partitions)).add(one);
    }
    Collections.shuffle(parts, random);
    Sums sum = empty();
    parts.forEach(sum::merge);
    return sum;
  }

  private Sums empty() {
    return new Sums(Moments.empty(side, side, SCALE_EXPONENT), Folds.empty(side, side));
  }

  private List<Contribution> contributions(Random random) {
    List<Contribution> out = new ArrayList<>();
    for (int i = 0; i < contributions; i++) {
      short[] cells = new short[side * side];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = (short) random.nextInt((1 << -SCALE_EXPONENT) + 1);
      }
      CellGrid grid = new CellGrid(side, side, SCALE_EXPONENT, cells);
      CellMap map = new CellMap(grid, false, random.nextInt(3), random.nextLong());
      out.add(new Contribution(random.nextInt(Folds.FOLDS), map));
    }
    return out;
  }

  private static String hash(Sums sums) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    sha.update(sums.moments().bytes());
    sha.update(sums.folds().bytes());
    return HexFormat.of().formatHex(sha.digest());
  }
}

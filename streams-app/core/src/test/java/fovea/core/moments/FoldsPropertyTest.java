package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.explanation.CellGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws of the folds, bit for bit. */
class FoldsPropertyTest {

  private record Dealt(int fold, CellGrid map) {}

  @Property(seed = "1", tries = 100)
  void addCommutes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w) {
    List<Dealt> maps = maps(seed, 30, h, w);
    List<Dealt> shuffled = new ArrayList<>(maps);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(all(shuffled, h, w).bytes()).isEqualTo(all(maps, h, w).bytes());
  }

  @Property(seed = "2", tries = 100)
  void mergeEqualsAddingAllInAnyOrderAndPartitioning(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w,
      @ForAll @IntRange(min = 1, max = 7) int parts) {
    Random random = new Random(seed);
    List<Dealt> maps = maps(seed, 40, h, w);
    List<Folds> partial = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      partial.add(Folds.empty(h, w));
    }

    maps.forEach(one -> partial.get(random.nextInt(parts)).add(one.fold(), one.map()));
    Collections.shuffle(partial, random);
    Folds merged = Folds.empty(h, w);
    partial.forEach(part -> merged.merge(Folds.read(part.bytes())));

    assertThat(merged).isEqualTo(all(maps, h, w));
  }

  @Property(seed = "3", tries = 100)
  void subtractUndoesAddAndMerge(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w) {
    List<Dealt> gone = maps(~seed, 10, h, w);
    Folds before = all(maps(seed, 10, h, w), h, w);

    Folds one = Folds.read(before.bytes());
    gone.forEach(dealt -> one.add(dealt.fold(), dealt.map()));
    gone.forEach(dealt -> one.subtract(dealt.fold(), dealt.map()));
    Folds whole = Folds.read(before.bytes());
    whole.merge(all(gone, h, w));
    whole.subtract(all(gone, h, w));

    assertThat(one).isEqualTo(before);
    assertThat(whole).isEqualTo(before);
  }

  @Property(seed = "4", tries = 50)
  void snapshotsAddAsFoldsDo(@ForAll long seed) {
    Folds a = all(maps(seed, 30, 3, 4), 3, 4);
    Folds b = all(maps(~seed, 30, 3, 4), 3, 4);
    FoldsSnapshot sum = a.snapshot().plus(b.snapshot());

    a.merge(b);

    assertThat(sum.mean()).containsExactly(a.snapshot().mean());
    assertThat(sum.standardError()).containsExactly(a.snapshot().standardError());
    assertThat(sum.n(5)).isEqualTo(a.n(5));
  }

  private static List<Dealt> maps(long seed, int count, int h, int w) {
    Random random = new Random(seed);
    List<Dealt> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      short[] cells = new short[h * w];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = (short) random.nextInt((1 << 14) + 1);
      }
      out.add(new Dealt(random.nextInt(Folds.FOLDS), new CellGrid(h, w, -14, cells)));
    }
    return out;
  }

  private static Folds all(List<Dealt> maps, int h, int w) {
    Folds folds = Folds.empty(h, w);
    maps.forEach(one -> folds.add(one.fold(), one.map()));
    return folds;
  }
}

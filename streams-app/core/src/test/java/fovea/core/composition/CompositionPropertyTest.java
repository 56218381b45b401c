package fovea.core.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import fovea.core.moments.MomentsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Against adding up every image's own cells. */
class CompositionPropertyTest {
  private static final int SIDE = 3;
  private static final int EXPONENT = -14;

  private static List<CellMap> images(int count, long seed) {
    Random random = new Random(seed);
    List<CellMap> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      short[] cells = new short[SIDE * SIDE];
      for (int c = 0; c < cells.length; c++) {
        cells[c] = (short) random.nextInt(-16_384, 16_385);
      }
      CellGrid grid = new CellGrid(SIDE, SIDE, EXPONENT, cells);
      images.add(new CellMap(grid, false, random.nextInt(2), random.nextLong()));
    }
    return images;
  }

  private static Moments sum(List<CellMap> images) {
    Moments sum = Moments.empty(SIDE, SIDE, EXPONENT);
    images.forEach(sum::add);
    return sum;
  }

  private static double naiveMean(List<CellMap> images, int cell) {
    return images.stream()
        .mapToDouble(one -> Math.scalb((double) one.grid().cells()[cell], EXPONENT))
        .average()
        .orElseThrow();
  }

  private static List<List<CellMap>> sites(List<Integer> sizes, long seed) {
    List<List<CellMap>> sites = new ArrayList<>();
    sizes.forEach(size -> sites.add(images(size, seed + sites.size())));
    return sites;
  }

  private static List<MomentsSnapshot> sums(List<List<CellMap>> sites) {
    return sites.stream().map(one -> sum(one).snapshot()).toList();
  }

  @Property(tries = 100, seed = "11")
  void aPoolIsBitForBitTheSumOfAllImages(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 30) Integer> sizes,
      @ForAll long seed) {
    List<List<CellMap>> sites = sites(sizes, seed);

    Moments pooled = Pool.of(sums(sites));

    assertThat(pooled).isEqualTo(sum(sites.stream().flatMap(List::stream).toList()));
  }

  @Property(tries = 100, seed = "12")
  void aMeanOfMeansGivesEveryPartEqualWeight(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 30) Integer> sizes,
      @ForAll long seed) {
    List<List<CellMap>> sites = sites(sizes, seed);

    MeanMap balanced = MeanMap.ofMeans(sums(sites).stream().map(MeanMap::of).toList());

    for (int cell = 0; cell < SIDE * SIDE; cell++) {
      int at = cell;
      double naive = sites.stream().mapToDouble(one -> naiveMean(one, at)).average().orElseThrow();
      assertThat(balanced.mean()[cell]).isCloseTo(naive, within(1e-14));
    }
    assertThat(balanced.n()).isEqualTo(sizes.stream().mapToInt(Integer::intValue).sum());
    assertThat(balanced.fingerprint()).isEqualTo(Pool.of(sums(sites)).snapshot().fingerprint());
  }

  @Property(tries = 100, seed = "13")
  void takingAPartAwayLeavesBitForBitTheRest(
      @ForAll @IntRange(min = 0, max = 30) int part,
      @ForAll @IntRange(min = 0, max = 30) int rest,
      @ForAll long seed) {
    List<CellMap> all = images(part + rest, seed);

    Moments left = Pool.without(sum(all).snapshot(), sum(all.subList(0, part)).snapshot());

    assertThat(left).isEqualTo(sum(all.subList(part, all.size())));
  }

  @Property(tries = 100, seed = "14")
  void aDifferenceIsThatOfTheMeans(
      @ForAll @IntRange(min = 1, max = 30) int many,
      @ForAll @IntRange(min = 1, max = 30) int few,
      @ForAll long seed) {
    List<CellMap> a = images(many, seed);
    List<CellMap> b = images(few, seed + 1);

    MapDifference difference = MeanMap.of(sum(a).snapshot()).minus(MeanMap.of(sum(b).snapshot()));

    double[] values = difference.values();
    for (int cell = 0; cell < values.length; cell++) {
      assertThat(values[cell]).isCloseTo(naiveMean(a, cell) - naiveMean(b, cell), within(1e-14));
      assertThat(values[cell]).isBetween(values[difference.least()], values[difference.greatest()]);
    }
  }

  @Test
  void whatIsNoPartIsRefused() {
    MomentsSnapshot five = sum(images(5, 1)).snapshot();
    MomentsSnapshot others = sum(images(4, 2)).snapshot();

    assertThatThrownBy(() -> Pool.without(others, five)).hasMessageContaining("subtract");
    assertThatThrownBy(() -> Pool.without(five, others)).hasMessageContaining("no part");
  }

  @Test
  void nothingHasNoMeanAndGridsNeverMeet() {
    MomentsSnapshot nothing = Moments.empty(SIDE, SIDE, EXPONENT).snapshot();
    MeanMap square = MeanMap.of(sum(images(1, 1)).snapshot());
    Moments wide = Moments.empty(1, SIDE * SIDE, EXPONENT);
    wide.add(
        new CellMap(new CellGrid(1, SIDE * SIDE, EXPONENT, new short[SIDE * SIDE]), true, 0, 1));

    assertThatThrownBy(() -> MeanMap.of(nothing)).hasMessageContaining("no mean");
    assertThatThrownBy(() -> MeanMap.ofMeans(List.of())).hasMessageContaining("no mean");
    assertThatThrownBy(() -> Pool.of(List.of())).hasMessageContaining("needs");
    assertThatThrownBy(() -> square.minus(MeanMap.of(wide.snapshot())))
        .hasMessageContaining("1x9 does not fit 3x3");
  }
}

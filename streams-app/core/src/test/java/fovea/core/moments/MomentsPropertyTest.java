package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws of the accumulator, bit for bit. */
class MomentsPropertyTest {
  private static final int EXPONENT = -14;

  @Property(seed = "1", tries = 100)
  void addCommutes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w) {
    List<CellMap> maps = MapSource.maps(seed, 20, h, w, EXPONENT);
    List<CellMap> shuffled = new ArrayList<>(maps);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(MapSource.all(shuffled, h, w, EXPONENT).bytes())
        .isEqualTo(MapSource.all(maps, h, w, EXPONENT).bytes());
  }

  @Property(seed = "2", tries = 100)
  void mergeEqualsAddingAllInAnyOrderAndPartitioning(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w,
      @ForAll @IntRange(min = 1, max = 7) int parts) {
    Random random = new Random(seed);
    List<CellMap> maps = MapSource.maps(seed, 30, h, w, EXPONENT);
    List<Moments> partial = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      partial.add(Moments.empty(h, w, EXPONENT));
    }

    maps.forEach(map -> partial.get(random.nextInt(parts)).add(map));
    Collections.shuffle(partial, random);
    Moments merged = Moments.empty(h, w, EXPONENT);
    partial.forEach(part -> merged.merge(Moments.read(part.bytes())));

    assertThat(merged.bytes()).isEqualTo(MapSource.all(maps, h, w, EXPONENT).bytes());
  }

  @Property(seed = "3", tries = 100)
  void subtractUndoesAddAndMerge(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int h,
      @ForAll @IntRange(min = 1, max = 6) int w) {
    List<CellMap> kept = MapSource.maps(seed, 10, h, w, EXPONENT);
    List<CellMap> gone = MapSource.maps(~seed, 10, h, w, EXPONENT);
    Moments before = MapSource.all(kept, h, w, EXPONENT);

    Moments one = Moments.read(before.bytes());
    gone.forEach(one::add);
    gone.forEach(one::subtract);
    Moments whole = Moments.read(before.bytes());
    whole.merge(MapSource.all(gone, h, w, EXPONENT));
    whole.subtract(MapSource.all(gone, h, w, EXPONENT));

    assertThat(one.bytes()).isEqualTo(before.bytes());
    assertThat(whole.bytes()).isEqualTo(before.bytes());
  }

  @Property(seed = "4", tries = 50)
  void anotherGridOrScaleIsRefusedAndNothingChanges(
      @ForAll @IntRange(min = 1, max = 5) int h, @ForAll @IntRange(min = 1, max = 5) int w) {
    Moments moments = MapSource.all(MapSource.maps(h, 5, h, w, EXPONENT), h, w, EXPONENT);
    byte[] before = moments.bytes();
    List<CellMap> strangers = new ArrayList<>(MapSource.maps(9, 1, h, w, EXPONENT + 1));
    strangers.addAll(MapSource.maps(9, 1, h + 1, w, EXPONENT));
    strangers.addAll(MapSource.maps(9, 1, h, w + 1, EXPONENT));

    for (CellMap map : strangers) {
      var grid = map.grid();
      Moments other = Moments.empty(grid.height(), grid.width(), grid.scaleExponent());
      other.add(map);
      assertThatThrownBy(() -> moments.add(map)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> moments.subtract(map)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> moments.merge(other)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> moments.subtract(other))
          .isInstanceOf(IllegalArgumentException.class);
    }

    assertThat(moments.bytes()).isEqualTo(before);
  }
}

package fovea.core.explainer.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DensityPropertyTest {
  private static final Plane PLANE = new Plane(new Point(-2, -2), new Point(2, 2), 8);

  @Property(seed = "1", tries = 50)
  void mergeEqualsAddingAllOfBothAndSubtractUndoesIt(@ForAll long seed) {
    Density one = density(seed);
    Density merged = density(seed);
    merged.merge(density(~seed));
    Density all = density(seed);
    add(all, ~seed);

    assertThat(merged).isEqualTo(all);
    merged.subtract(density(~seed));
    assertThat(merged).isEqualTo(one);
  }

  @Example
  void aPointHasItsCellAndWhatLiesBeyondIsCounted() {
    assertThat(PLANE.cell(new Point(-2, -2))).isZero();
    assertThat(PLANE.cell(new Point(1.99f, -2))).isEqualTo(7);
    assertThat(PLANE.cell(new Point(-2, 1.99f))).isEqualTo(56);
    assertThat(PLANE.cell(new Point(2, 0))).isEqualTo(64);
    assertThat(new Point(0, 0).nearness(new Point(1, 0))).isEqualTo(0.5);
  }

  @Example
  void theSupportIsTheFewestCellsThatHoldTheShare() {
    Density density = Density.empty(PLANE);
    for (int i = 0; i < 98; i++) {
      density.add(new Point(0, 0));
    }
    density.add(new Point(1, 1));
    density.add(new Point(-1, -1));

    BitSet support = density.support(0.99);

    assertThat(support.cardinality()).isEqualTo(2);
    assertThat(density.outside(support)).isCloseTo(0.01, within(1e-12));
    Density other = Density.empty(PLANE);
    assertThat(other.outside(support)).isNaN();
    other.add(new Point(0, 0));
    other.add(new Point(9, 9));
    assertThat(other.outside(support)).isEqualTo(0.5);
    assertThat(other.beyond()).isEqualTo(1);
  }

  @Example
  void whatIsRefusedChangesNothing() {
    Density density = density(1);
    Density less = Density.empty(PLANE);
    Density stranger = Density.empty(new Plane(new Point(0, 0), new Point(1, 1), 8));

    assertThatThrownBy(() -> less.subtract(density)).isInstanceOf(IllegalArgumentException.class);
    assertThat(less).isEqualTo(Density.empty(PLANE));
    assertThatThrownBy(() -> density.merge(stranger)).hasMessageContaining("another plane");
    assertThatThrownBy(() -> new Point(Float.NaN, 0)).hasMessageContaining("NaN");
  }

  private static Density density(long seed) {
    Density out = Density.empty(PLANE);
    add(out, seed);
    return out;
  }

  private static void add(Density density, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      density.add(new Point((float) random.nextGaussian(), (float) random.nextGaussian()));
    }
  }
}

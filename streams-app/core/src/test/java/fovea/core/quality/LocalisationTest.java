package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.core.aggregate.Counters;
import fovea.core.evaluation.Region;
import fovea.core.explanation.CellGrid;
import fovea.core.frame.Transform;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalisationTest {
  private static final CellGrid MAP =
      new CellGrid(2, 2, -14, new short[] {16384, 8192, 4096, 4096});

  @Test
  void massPointIouAndIorAreThoseOfTheCells() {
    Region left = Region.of("left", 2, 2, new double[] {1, 0, 1, 0});
    Region half = Region.of("half", 2, 2, new double[] {0.4, 1, 0, 0});

    assertThat(Localisation.pointingGame(MAP, left)).hasValue(1);
    assertThat(Localisation.pointingGame(MAP, half)).hasValue(0);
    assertThat(Localisation.massInRegion(MAP, left)).hasValue(0.625);
    // P = the two cells of the first row.
    assertThat(Localisation.iou(MAP, left, 0.5).orElseThrow()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(Localisation.ior(MAP, left, 0.5)).hasValue(0.5);
    assertThat(Localisation.ior(MAP, half, 0.5).orElseThrow()).isCloseTo(0.7, within(1e-12));
    assertThat(Localisation.iou(MAP, half, 0.5).orElseThrow()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void aMapOfZerosHasNoPlace() {
    Region left = Region.of("left", 2, 2, new double[] {1, 0, 1, 0});
    CellGrid empty = new CellGrid(2, 2, -14, new short[4]);

    assertThat(Localisation.pointingGame(empty, left)).isEmpty();
    assertThat(Localisation.massInRegion(empty, left)).isEmpty();
    assertThat(Localisation.iou(empty, left, 0.5)).isEmpty();
    assertThat(Localisation.ior(empty, left, 0.5)).isEmpty();
    assertThat(PeakZones.hit(empty, List.of(left))).isEmpty();
    assertThatThrownBy(() -> Localisation.iou(MAP, left, 0)).hasMessageContaining("threshold");
    assertThatThrownBy(() -> Localisation.massInRegion(new CellGrid(1, 4, 0, new short[4]), left))
        .hasMessageContaining("1x4");
  }

  @Test
  void aBoxCoversItsShareOfEachCellAndOverlapsCountOnce() {
    BoxRegion image = new BoxRegion(400, 200, Transform.NONE);
    PixelBox box = new PixelBox(100, 0, 200, 100);

    Region region = image.on(2, 2, List.of(box, new PixelBox(150, 0, 100, 50))).orElseThrow();

    assertThat(new double[] {region.share(0), region.share(1), region.share(2), region.share(3)})
        .containsExactly(new double[] {0.5, 0.5, 0, 0}, within(1e-12));
  }

  @Test
  void aBoxIsMirroredWhereTheFramesGridIs() {
    PixelBox box = new PixelBox(0, 0, 100, 200);
    for (Transform transform : List.of(Transform.GRID_MIRRORED, Transform.INPUT_MIRRORED)) {
      Region region = new BoxRegion(400, 200, transform).on(2, 2, List.of(box)).orElseThrow();

      assertThat(region.share(0)).isZero();
      assertThat(region.share(1)).isEqualTo(0.5);
    }
  }

  @Test
  void aBoxIsCutAtTheImageAndOneBeyondItIsNoRegion() {
    BoxRegion image = new BoxRegion(100, 100, Transform.NONE);

    Region cut = image.on(2, 2, List.of(new PixelBox(-500, 50, 550, 999))).orElseThrow();

    assertThat(cut.share(2)).isEqualTo(1);
    assertThat(cut.areaShare()).isEqualTo(0.25);
    assertThat(image.on(2, 2, List.of(new PixelBox(100, 0, 5, 5)))).isEmpty();
    assertThat(image.on(2, 2, List.of())).isEmpty();
    assertThatThrownBy(() -> new PixelBox(0, 0, 0, 5)).hasMessageContaining("0x5");
  }

  @Test
  void thePeakTouchesTheZonesWithinItsBox() {
    short[] cells = new short[196];
    cells[5 * 14 + 5] = 100;
    CellGrid map = new CellGrid(14, 14, -14, cells);

    // Half-side 36/224 of 14 cells is 2.25 cells.
    assertThat(PeakZones.hit(map, List.of(dot("near", 7, 3), dot("far", 5, 8), dot("off", 8, 5))))
        .containsExactly("near");
    assertThat(PeakZones.stability(Set.of("a"), Set.of("a"))).isEqualTo(1);
    assertThat(PeakZones.stability(Set.of("a"), Set.of("a", "b"))).isZero();
  }

  @Test
  void everyCellLiesInOneOfNineZones() {
    for (int side : List.of(1, 2, 3, 4, 7, 8, 14)) {
      List<Region> zones = FrameZones.on(side, 5);
      for (int cell = 0; cell < side * 5; cell++) {
        int at = cell;
        assertThat(zones.stream().filter(zone -> zone.holds(at))).hasSize(1);
      }
    }
    List<Region> seven = FrameZones.on(7, 7);
    assertThat(seven).extracting(Region::name).isEqualTo(FrameZones.NAMES);
    // Centres of 2, 3, 2 cells lie in the thirds of seven.
    assertThat(seven.getFirst().areaShare()).isCloseTo(4 / 49.0, within(1e-12));
    assertThat(seven.get(4).areaShare()).isCloseTo(9 / 49.0, within(1e-12));
  }

  @Test
  void thePeakLiesInTheZoneOfItsCell() {
    assertThat(FrameZones.ofPeak(peak(0, 0))).hasValue("upper left");
    assertThat(FrameZones.ofPeak(peak(7, 4))).hasValue("left");
    assertThat(FrameZones.ofPeak(peak(13, 7))).hasValue("lower");
    assertThat(FrameZones.ofPeak(new CellGrid(14, 14, -14, new short[196]))).isEmpty();
  }

  @Test
  void stableIsThePeakThatTouchesTheSameZones() {
    List<Region> zones = FrameZones.on(14, 14);
    CellGrid empty = new CellGrid(14, 14, -14, new short[196]);

    assertThat(PeakZones.stability(peak(0, 0), peak(1, 1), zones)).hasValue(1);
    assertThat(PeakZones.stability(peak(0, 0), peak(3, 0), zones)).hasValue(0);
    assertThat(PeakZones.stability(peak(0, 0), empty, zones)).hasValue(0);
    assertThat(PeakZones.stability(empty, peak(0, 0), zones)).isEmpty();
  }

  private static CellGrid peak(int y, int x) {
    short[] cells = new short[196];
    cells[y * 14 + x] = 100;
    return new CellGrid(14, 14, -14, cells);
  }

  @Test
  void consistentIsWhatMeansOneZoneInFourOfFiveImages() {
    Counters often = new Counters();
    Counters seldom = new Counters();
    for (int i = 0; i < 5; i++) {
      ZoneConsistency.count(often, i < 4 ? Set.of("macula", "disc") : Set.of("disc"), 1);
      ZoneConsistency.count(seldom, i < 3 ? Set.of("macula") : Set.of(), 1);
    }
    ZoneConsistency.count(often, Set.of("images"), 1);
    ZoneConsistency.count(often, Set.of("images"), -1);

    assertThat(ZoneConsistency.greatestShare(often)).hasValue(1);
    assertThat(ZoneConsistency.greatestShare(seldom)).hasValue(0.6);
    assertThat(ZoneConsistency.score(List.of(often, seldom, new Counters()))).hasValue(0.5);
    assertThat(ZoneConsistency.score(List.of())).isEmpty();
  }

  @Test
  void inputNoiseIsClippedGaussianAndTheSameForAnImage() {
    FloatBuffer one = FloatBuffer.allocate(20_000);
    FloatBuffer again = FloatBuffer.allocate(20_000);
    FloatBuffer other = FloatBuffer.allocate(20_000);
    InputNoise.add("a", FloatBuffer.allocate(20_000), one);
    InputNoise.add("a", FloatBuffer.allocate(20_000), again);
    InputNoise.add("b", FloatBuffer.allocate(20_000), other);

    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
    double squares = 0;
    int clipped = 0;
    for (int i = 0; i < 20_000; i++) {
      assertThat(Math.abs(one.get(i))).isLessThanOrEqualTo(0.25f);
      squares += one.get(i) * one.get(i);
      clipped += Math.abs(one.get(i)) == 0.25f ? 1 : 0;
    }
    // P(|N(0, 0.2²)| > 0.25) = 0.2113; the second moment of the clipped variable is 0.02649.
    assertThat(clipped / 20_000.0).isCloseTo(0.2113, within(0.012));
    assertThat(squares / 20_000).isCloseTo(0.02649, within(0.0007));
  }

  private static Region dot(String name, int y, int x) {
    double[] weights = new double[196];
    weights[y * 14 + x] = 1;
    return Region.of(name, 14, 14, weights);
  }
}

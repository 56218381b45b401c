package fovea.core.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.image.Raster;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhantomTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final PhantomSpec SPEC = PhantomSpec.of(7, START).withSide(96);

  private final Phantom phantom = new Phantom(SPEC);

  @Test
  void anImageIsAPureFunctionOfSeedAndIndex() {
    PhantomImage once = phantom.image(1234);
    phantom.image(5);
    PhantomImage again = new Phantom(SPEC).image(1234);

    assertThat(samples(again.raster())).isEqualTo(samples(once.raster()));
    assertThat(again.imageId()).isEqualTo(once.imageId());
    assertThat(again.lesions()).isEqualTo(once.lesions());
    assertThat(samples(new Phantom(PhantomSpec.of(8, START).withSide(96)).image(1234).raster()))
        .isNotEqualTo(samples(once.raster()));
  }

  @Test
  void everyLesionChangesPixelsOfItsZoneOnly() {
    int side = 128;
    Phantom fine = new Phantom(SPEC.withSide(side));
    for (Lesion lesion : Lesion.values()) {
      boolean[] zone = lesion.zone().mask(side, side);
      for (int i = 0; i < 40; i++) {
        PhantomImage with = fine.image(i, EnumSet.of(lesion));
        PhantomImage without = fine.image(i, Set.of());

        boolean[] changed = changed(with.canonicalRaster(), without.canonicalRaster());
        long all = IntStream.range(0, changed.length).filter(p -> changed[p]).count();
        long in = IntStream.range(0, changed.length).filter(p -> changed[p] && zone[p]).count();

        assertThat(all).as("%s in %s", lesion, with.imageId()).isGreaterThan(30);
        assertThat((double) in / all).as("%s in %s", lesion, with.imageId()).isEqualTo(1.0);
      }
    }
  }

  @Test
  void rightEyesLookLikeMirroredLeftEyes() {
    double[] left = mean(0);
    double[] right = mean(1);

    assertThat(correlation(left, mirrored(right, 96))).isGreaterThan(0.98);
    assertThat(correlation(left, right)).isLessThan(0.96);
    assertThat(phantom.image(0).laterality()).isEqualTo("L");
    assertThat(phantom.image(1).laterality()).isEqualTo("R");
  }

  @Test
  void subjectsComeBackWithBothEyesAndLesionsThatStay() {
    Map<String, Set<String>> exams = new HashMap<>();
    Map<String, Set<Lesion>> last = new HashMap<>();
    Set<String> ids = new HashSet<>();
    Phantom small = new Phantom(SPEC.withSide(32));
    for (int i = 0; i < 1200; i++) {
      PhantomImage image = small.image(i);
      assertThat(ids.add(image.imageId())).isTrue();
      exams.computeIfAbsent(image.subjectId(), s -> new HashSet<>()).add(image.examId());
      Set<Lesion> before = last.put(image.subjectId() + image.laterality(), image.lesions());
      assertThat(image.lesions()).containsAll(before == null ? Set.of() : before);
    }

    assertThat(exams).hasSize(200).allSatisfy((s, e) -> assertThat(e).hasSize(3));
  }

  @Test
  void everyLabelIsOftenPresentAndOftenAbsent() {
    Phantom small = new Phantom(SPEC.withSide(32));
    for (Lesion lesion : Lesion.values()) {
      long present =
          IntStream.range(0, 1200).filter(i -> small.image(i).lesions().contains(lesion)).count();

      assertThat(present).as(lesion.label()).isBetween(240L, 480L);
    }
  }

  @Test
  void fieldOfViewIsBrightOnBlack() {
    float[] samples = samples(phantom.image(3).raster());
    boolean[] field = Phantom.FIELD_OF_VIEW.mask(96, 96);
    double in = 0;
    double out = 0;
    int inside = 0;
    for (int p = 0; p < field.length; p++) {
      inside += field[p] ? 1 : 0;
      in += field[p] ? samples[3 * p] : 0;
      out += field[p] ? 0 : samples[3 * p];
    }

    assertThat(in / inside).isGreaterThan(90);
    assertThat(out / (field.length - inside)).isLessThan(5);
  }

  @Test
  void sitesDifferInColour() {
    assertThat(blueToRed("south") / blueToRed("north")).isGreaterThan(1.2);
  }

  @Test
  void artefactGrowsAtItsSiteFromItsImageOn() {
    Phantom dusty = new Phantom(SPEC.withArtefact(new CameraArtefact("south", 40, 100)));
    double middle = 0;
    double late = 0;
    for (int i = 0; i < 200; i++) {
      PhantomImage image = dusty.image(i);
      double added = added(image.raster(), phantom.image(i).raster());
      if (i < 40 || image.site().equals("north")) {
        assertThat(added).isZero();
      } else if (i < 90) {
        middle = Math.max(middle, added);
      } else if (i >= 140) {
        assertThat(added).isGreaterThan(middle);
        late = added;
      }
    }

    assertThat(middle).isPositive();
    assertThat(late).isPositive();
  }

  @Test
  void imagesAreAcquiredAtTheStatedRate() {
    Phantom slow = new Phantom(SPEC.withInterval(Duration.ofMinutes(3)));

    assertThat(slow.image(20).acquiredAt()).isEqualTo(START.plus(Duration.ofHours(1)));
  }

  @Test
  void specRefusesAnArtefactAtAnUnknownSite() {
    assertThatThrownBy(() -> SPEC.withArtefact(new CameraArtefact("east", 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("east");
    assertThatThrownBy(() -> SPEC.withSide(31)).hasMessageContaining("31");
    assertThatThrownBy(() -> phantom.image(-1)).hasMessageContaining("-1");
  }

  private double blueToRed(String site) {
    double red = 0;
    double blue = 0;
    for (int i = 0; i < 80; i++) {
      PhantomImage image = phantom.image(i);
      float[] samples = samples(image.raster());
      for (int p = 0; p < samples.length && image.site().equals(site); p += 3) {
        red += samples[p];
        blue += samples[p + 2];
      }
    }
    return blue / red;
  }

  static float[] samples(Raster raster) {
    int stride = raster.width() * raster.channels();
    float[] out = new float[stride * raster.height()];
    float[] row = new float[stride];
    for (int y = 0; y < raster.height(); y++) {
      raster.row(y, row);
      System.arraycopy(row, 0, out, y * stride, stride);
    }
    return out;
  }

  private static boolean[] changed(Raster a, Raster b) {
    float[] one = samples(a);
    float[] two = samples(b);
    boolean[] out = new boolean[one.length / 3];
    for (int i = 0; i < one.length; i++) {
      out[i / 3] |= one[i] != two[i];
    }
    return out;
  }

  private double[] mean(int parity) {
    double[] out = new double[96 * 96];
    for (int i = 0; i < 40; i++) {
      float[] samples = samples(phantom.image(2L * i + parity).raster());
      for (int p = 0; p < out.length; p++) {
        out[p] += samples[3 * p + 1];
      }
    }
    return out;
  }

  private static double[] mirrored(double[] plane, int width) {
    return IntStream.range(0, plane.length)
        .mapToDouble(i -> plane[i - i % width + width - 1 - i % width])
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double n = a.length;
    double meanA = Arrays.stream(a).sum() / n;
    double meanB = Arrays.stream(b).sum() / n;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double added(Raster with, Raster without) {
    float[] one = samples(with);
    float[] two = samples(without);
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs(one[i] - two[i]);
    }
    return sum;
  }
}

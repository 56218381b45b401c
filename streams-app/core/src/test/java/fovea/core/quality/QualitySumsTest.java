package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QualitySumsTest {

  /** The bytes that version 1 has on disks: whoever changes them cannot read those any more. */
  @Test
  void versionOneStaysAsItIs() throws IOException {
    QualitySums sums = golden();

    try (InputStream golden = QualitySumsTest.class.getResourceAsStream("quality-1.bin")) {
      byte[] bytes = golden.readAllBytes();
      assertThat(HexFormat.of().formatHex(sums.bytes())).isEqualTo(HexFormat.of().formatHex(bytes));
      assertThat(QualitySums.read(bytes)).isEqualTo(sums);
    }
  }

  /** Version 2, which has peaks, and what comes of adding it to what version 1 left on a disk. */
  @Test
  void versionTwoStaysAsItIsAndMergesWithVersionOne() throws IOException {
    QualitySums sums = golden();
    peaks().forEach(sums::addPeak);

    try (InputStream one = QualitySumsTest.class.getResourceAsStream("quality-1.bin");
        InputStream two = QualitySumsTest.class.getResourceAsStream("quality-2.bin")) {
      byte[] bytes = two.readAllBytes();
      assertThat(HexFormat.of().formatHex(sums.bytes())).isEqualTo(HexFormat.of().formatHex(bytes));
      assertThat(QualitySums.read(bytes)).isEqualTo(sums);
      QualitySums merged = QualitySums.read(one.readAllBytes());
      QualitySums withPeaks = QualitySums.read(bytes);
      withPeaks.subtract(golden());
      merged.merge(withPeaks);
      assertThat(merged.bytes()).isEqualTo(bytes);
    }
  }

  @Test
  void peaksAreCountedByZoneAndTakenBack() {
    QualitySums sums = golden();
    QualitySums one = QualitySums.empty();
    one.addPeak("centre");
    peaks().forEach(sums::addPeak);

    assertThat(ZoneConsistency.images(sums.peaks())).isEqualTo(4);
    assertThat(ZoneConsistency.zones(sums.peaks()))
        .containsExactly(entry("centre", 3L), entry("upper left", 1L));
    sums.subtract(one);
    assertThat(ZoneConsistency.zones(sums.peaks()).get("centre")).isEqualTo(2);
    assertThatThrownBy(() -> golden().subtract(one)).isInstanceOf(IllegalArgumentException.class);
    assertThat(one.isEmpty()).isFalse();
    one.peaks().add("images", 7);
    assertThat(ZoneConsistency.images(one.peaks())).as("a copy").isEqualTo(1);
  }

  private static List<String> peaks() {
    return List.of("centre", "upper left", "centre", "centre");
  }

  static QualitySums golden() {
    QualitySums sums = QualitySums.empty();
    sums.add(QualityMeasure.UNION, OptionalDouble.empty());
    sums.add(QualityMeasure.RESIDUAL, 0x1p-20);
    sums.add(QualityMeasure.RESIDUAL, 1e9);
    sums.add(QualityMeasure.EXPLAINER_RANK_CORRELATION, -1);
    sums.add(QualityMeasure.EXPLAINER_RANK_CORRELATION, 0.5);
    for (int i = 0; i < 100; i++) {
      sums.add(QualityMeasure.RESIDUAL, 8);
    }
    return sums;
  }

  @Test
  void meanAndVarianceAreThoseOfTheValues() {
    QualitySums sums = QualitySums.empty();
    for (double value : new double[] {0.25, 0.5, -1, 0.75}) {
      sums.add(QualityMeasure.SPARSENESS, value);
    }
    QualityTally tally = sums.tally(QualityMeasure.SPARSENESS);

    assertThat(tally.n()).isEqualTo(4);
    assertThat(tally.mean()).isEqualTo(0.125);
    assertThat(tally.variance()).isCloseTo(0.453125, within(1e-15));
    assertThat(sums.tally(QualityMeasure.IOU).mean()).isNaN();
    assertThat(sums.tally(QualityMeasure.IOU).variance()).isNaN();
  }

  @Test
  void whatIsUndefinedIsCountedAndWhatIsTooLargeIsClipped() {
    QualityTally residual = golden().tally(QualityMeasure.RESIDUAL);

    assertThat(golden().tally(QualityMeasure.UNION)).isEqualTo(new QualityTally(0, 1, 0, 0, 0, 0));
    assertThat(residual.clipped()).isEqualTo(1);
    assertThat(residual.squaresHigh()).isPositive();
    double mean = (0x1p-20 + 101 * 8) / 102;
    assertThat(residual.mean()).isEqualTo(mean);
    assertThat(residual.variance())
        .isCloseTo((0x1p-40 + 101 * 64) / 102 - mean * mean, within(1e-9));
    assertThatThrownBy(() -> QualitySums.empty().add(QualityMeasure.IOU, Double.NaN))
        .hasMessageContaining("NaN");
  }

  @Test
  void whatIsRefusedChangesNothing() {
    QualitySums sums = golden();
    byte[] before = sums.bytes();
    QualitySums more = golden();
    more.add(QualityMeasure.UNION, OptionalDouble.empty());

    assertThatThrownBy(() -> sums.subtract(more)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sums.subtract(QualityMeasure.IOU, OptionalDouble.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> full().merge(full())).isInstanceOf(ArithmeticException.class);

    assertThat(sums.bytes()).isEqualTo(before);
  }

  @Test
  void whatIsNoStateIsRefused() {
    byte[] good = golden().bytes();
    byte[] version = good.clone();
    version[0] = 2;
    byte[] scale = good.clone();
    scale[1] = -14;
    byte[] unknown = good.clone();
    unknown[8] = 99;
    byte[] negative = good.clone();
    negative[8 + 15] = -1;

    for (int i = 0; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> QualitySums.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    for (byte[] bad : new byte[][] {version, scale, unknown, negative, longer}) {
      assertThatThrownBy(() -> QualitySums.read(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsNoStateWithPeaksIsRefused() {
    QualitySums sums = golden();
    sums.addPeak("centre");
    byte[] good = sums.bytes();
    byte[] old = good.clone();
    old[0] = 1;
    byte[] claimsMore = good.clone();
    claimsMore[4]++;
    byte[] none = Arrays.copyOf(golden().bytes(), golden().bytes().length + 3);
    none[0] = 2;
    none[4] = 3;
    none[none.length - 3] = 1;

    for (int i = 0; i < good.length; i++) {
      byte[] cut = Arrays.copyOf(good, i);
      assertThatThrownBy(() -> QualitySums.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    for (byte[] bad : new byte[][] {old, claimsMore, none}) {
      assertThatThrownBy(() -> QualitySums.read(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** As billions of images leave it. */
  private static QualitySums full() {
    QualitySums one = QualitySums.empty();
    one.add(QualityMeasure.IOU, 0);
    byte[] bytes = one.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(16, (1L << 33) - 1);
    return QualitySums.read(bytes);
  }
}

package fovea.core.moments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.explanation.CellGrid;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mean and variance against upsampling every map and averaging in two passes. */
class UpsamplingTest {
  private static final int EXPONENT = -10;

  @ParameterizedTest
  @CsvSource({
    "1,1,5,7",
    "1,6,9,13",
    "6,1,13,9",
    "2,2,2,2",
    "3,5,17,31",
    "7,7,56,56",
    "14,14,28,61",
    "8,3,5,2"
  })
  void equalsTheNaiveMeanAndVariance(int gridH, int gridW, int h, int w) {
    List<CellMap> maps = MapSource.maps(42, 1000, gridH, gridW, EXPONENT);
    MomentsSnapshot snapshot = MapSource.all(maps, gridH, gridW, EXPONENT).snapshot();

    UpsampledMap fast = snapshot.upsampled(h, w);

    double[] mean = new double[h * w];
    double[] variance = new double[h * w];
    for (CellMap map : maps) {
      double[] up = upsample(map.grid(), h, w);
      for (int i = 0; i < up.length; i++) {
        mean[i] += up[i] / maps.size();
      }
    }
    for (CellMap map : maps) {
      double[] up = upsample(map.grid(), h, w);
      for (int i = 0; i < up.length; i++) {
        variance[i] += (up[i] - mean[i]) * (up[i] - mean[i]) / maps.size();
      }
    }
    // The mean of signed maps is near nought: its error is measured by the spread.
    double spread = Math.sqrt(variance[0]);
    for (int i = 0; i < h * w; i++) {
      assertThat(fast.mean()[i]).isCloseTo(mean[i], within(1e-6 * spread));
      assertThat(fast.variance()[i]).isCloseTo(variance[i], within(1e-6 * variance[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,5,7",
    "1,6,9,13",
    "6,1,13,9",
    "2,2,2,2",
    "3,5,17,31",
    "7,7,224,224",
    "14,14,28,61",
    "8,3,5,2"
  })
  void coefficientsOfCellsGiveTheSameBitsAsEveryPixelOnItsOwn(int gridH, int gridW, int h, int w) {
    List<CellMap> maps = MapSource.maps(7, 200, gridH, gridW, EXPONENT);
    MomentsSnapshot snapshot = MapSource.all(maps, gridH, gridW, EXPONENT).snapshot();

    UpsampledMap fast = snapshot.upsampled(h, w);

    UpsampledMap slow = new PixelByPixel(snapshot, h, w).upsampled();
    assertThat(bits(fast.mean())).containsExactly(bits(slow.mean()));
    assertThat(bits(fast.variance())).containsExactly(bits(slow.variance()));
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void sameSizeIsTheGridItself() {
    List<CellMap> maps = MapSource.maps(3, 100, 4, 6, EXPONENT);
    MomentsSnapshot snapshot = MapSource.all(maps, 4, 6, EXPONENT).snapshot();

    assertThat(snapshot.upsampled(4, 6).mean()).containsExactly(snapshot.mean());
    assertThat(snapshot.upsampled(4, 6).variance()).containsExactly(snapshot.variance());
  }

  /** Two cells that go against each other a little: the sum of products is a small negative. */
  @Test
  void aSmallNegativeCovarianceKeepsItsDigits() {
    Moments moments = Moments.empty(1, 2, 0);
    moments.add(new CellMap(new CellGrid(1, 2, 0, new short[] {1, 2}), false, 0, 0));
    moments.add(new CellMap(new CellGrid(1, 2, 0, new short[] {2, 1}), false, 0, 0));

    assertThat(moments.snapshot().covariance(0, 1, 2)).isEqualTo(-0.25);
    assertThat(moments.snapshot().upsampled(1, 1).variance()[0]).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "8589934591, 4611686018427387903, 4611686018427387000, 4611686018427387903",
    "8589934591, -4611686018427387904, 4611686018427387, 4611686018427387904",
    "8589934591, 4611686018427387904, -4611686018427387904, 4611686018427387904",
    "4294967296, 1152921504606846976, 1, 281474976710655",
    "3, 5, -4611686018427387904, -4611686018427387904",
    "2, 0, 4294967296, 4294967296"
  })
  void covarianceIsExactInOneHundredAndTwentyEightBits(long n, long east, long a, long b) {
    byte[] bytes = Moments.empty(1, 2, 0).bytes();
    ByteBuffer state = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    state.putLong(8, n).putLong(40, a).putLong(48, b).putLong(40 + 4 * 8, east);

    double covariance = Moments.read(bytes).snapshot().covariance(0, 1, 2);

    BigInteger exact =
        BigInteger.valueOf(n)
            .multiply(BigInteger.valueOf(east))
            .subtract(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    double expected =
        new BigDecimal(exact)
            .divide(new BigDecimal(BigInteger.valueOf(n).pow(2)), MathContext.DECIMAL128)
            .doubleValue();
    assertThat(covariance).isCloseTo(expected, within(4 * Math.ulp(expected)));
  }

  private static double[] upsample(CellGrid grid, int h, int w) {
    double[] out = new double[h * w];
    for (int i = 0; i < out.length; i++) {
      int row = i / w;
      double y = Math.clamp((row + 0.5) * grid.height() / h - 0.5, 0, grid.height() - 1);
      double x = Math.clamp((i % w + 0.5) * grid.width() / w - 0.5, 0, grid.width() - 1);
      double top = along(grid, (int) Math.floor(y), x);
      double bottom = along(grid, (int) Math.ceil(y), x);
      out[i] = Math.scalb(top + (bottom - top) * (y - Math.floor(y)), EXPONENT);
    }
    return out;
  }

  private static double along(CellGrid grid, int row, double x) {
    double left = grid.cells()[row * grid.width() + (int) Math.floor(x)];
    double right = grid.cells()[row * grid.width() + (int) Math.ceil(x)];
    return left + (right - left) * (x - Math.floor(x));
  }
}

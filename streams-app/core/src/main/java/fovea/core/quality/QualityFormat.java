package fovea.core.quality;

import fovea.core.aggregate.Counters;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where each field of {@link QualitySums} lies in its bytes. Little-endian throughout; M measures
 * that have been seen, in order of code.
 *
 * <pre>
 *  0        1               2         4        8
 * ┌────────┬───────────────┬─────────┬────────┬───────────┬──────────────
 * │version │scale exponent │ M       │ Z      │ entries … │ peaks, Z bytes
 * │ 1 or 2 │ int8 = −26    │ uint16  │ uint32 │           │
 * └────────┴───────────────┴─────────┴────────┴───────────┴──────────────
 *  entry, 56 bytes:
 *  0       2        8     16         24       32    40         48        56
 * ┌───────┬────────┬─────┬──────────┬────────┬─────┬──────────┬─────────┐
 * │ code  │ 0      │ n   │undefined │clipped │ Σ   │ Σ² high  │ Σ² low  │
 * │uint16 │ 6 byte │ i64 │ i64      │ i64    │ i64 │ i64      │ u64     │
 * └───────┴────────┴─────┴──────────┴────────┴─────┴──────────┴─────────┘
 * </pre>
 *
 * <p>Version 1 has no peaks, and Z = 0; version 2 has some, as {@link Counters} write themselves.
 * What has none is written as version 1. A later version must still read and merge both.
 */
final class QualityFormat {
  private static final int MEASURES = 1;
  private static final int WITH_PEAKS = 2;
  private static final int HEADER = 8;
  private static final int ENTRY = 56;

  private QualityFormat() {}

  static byte[] write(Map<QualityMeasure, QualityTally> tallies, Counters peaks) {
    byte[] zones = peaks.isEmpty() ? new byte[0] : peaks.bytes();
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + ENTRY * tallies.size() + zones.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) (zones.length == 0 ? MEASURES : WITH_PEAKS));
    out.put((byte) QualityTally.SCALE_EXPONENT);
    out.putShort((short) tallies.size()).putInt(zones.length);
    tallies.forEach(
        (measure, tally) -> {
          out.putLong(measure.code());
          out.putLong(tally.n()).putLong(tally.undefined()).putLong(tally.clipped());
          out.putLong(tally.sum()).putLong(tally.squaresHigh()).putLong(tally.squaresLow());
        });
    return out.put(zones).array();
  }

  static QualitySums read(byte[] bytes) {
    try {
      return sums(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("quality sums cut off at " + bytes.length + " bytes", e);
    }
  }

  private static QualitySums sums(ByteBuffer in) {
    int version = in.get();
    int exponent = in.get();
    int count = Short.toUnsignedInt(in.getShort());
    int zones = in.getInt();
    boolean known = version == MEASURES ? zones == 0 : version == WITH_PEAKS && zones > 0;
    if (!known || exponent != QualityTally.SCALE_EXPONENT) {
      throw new IllegalArgumentException(
          "not quality sums of version 1 or 2 at 2^-26: version %d, 2^%d, %d bytes of peaks"
              .formatted(version, exponent, zones));
    }
    Map<QualityMeasure, QualityTally> tallies = entries(in, count);
    if (in.remaining() != zones) {
      throw new IllegalArgumentException(
          "%d bytes behind the last measure instead of %d".formatted(in.remaining(), zones));
    }
    return new QualitySums(tallies, zones == 0 ? new Counters() : peaks(in));
  }

  private static Counters peaks(ByteBuffer in) {
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    Counters peaks = Counters.read(bytes);
    if (peaks.isEmpty()) {
      throw new IllegalArgumentException("peaks that were never seen are stored");
    }
    return peaks;
  }

  private static Map<QualityMeasure, QualityTally> entries(ByteBuffer in, int count) {
    Map<QualityMeasure, QualityTally> out = new EnumMap<>(QualityMeasure.class);
    long last = 0;
    for (int i = 0; i < count; i++) {
      long code = in.getLong();
      if (code <= last) {
        throw new IllegalArgumentException("measure %d after %d".formatted(code, last));
      }
      last = code;
      out.put(QualityMeasure.of(Math.toIntExact(code)), tally(in));
    }
    return out;
  }

  private static QualityTally tally(ByteBuffer in) {
    QualityTally tally =
        new QualityTally(
            in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    if (tally.equals(QualityTally.NONE)) {
      throw new IllegalArgumentException("a measure that was never seen is stored");
    }
    return tally;
  }
}

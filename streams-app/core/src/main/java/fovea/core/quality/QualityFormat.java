package fovea.core.quality;

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
 * ┌────────┬───────────────┬─────────┬────────┬───────────
 * │version │scale exponent │ M       │ 0      │ entries …
 * │ = 1    │ int8 = −26    │ uint16  │ uint32 │
 * └────────┴───────────────┴─────────┴────────┴───────────
 *  entry, 56 bytes:
 *  0       2        8     16         24       32    40         48        56
 * ┌───────┬────────┬─────┬──────────┬────────┬─────┬──────────┬─────────┐
 * │ code  │ 0      │ n   │undefined │clipped │ Σ   │ Σ² high  │ Σ² low  │
 * │uint16 │ 6 byte │ i64 │ i64      │ i64    │ i64 │ i64      │ u64     │
 * └───────┴────────┴─────┴──────────┴────────┴─────┴──────────┴─────────┘
 * </pre>
 *
 * <p>A later version must still read and merge this one.
 */
final class QualityFormat {
  static final int VERSION = 1;
  private static final int HEADER = 8;
  private static final int ENTRY = 56;

  private QualityFormat() {}

  static byte[] write(Map<QualityMeasure, QualityTally> tallies) {
    ByteBuffer out =
        ByteBuffer.allocate(HEADER + ENTRY * tallies.size()).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) VERSION).put((byte) QualityTally.SCALE_EXPONENT);
    out.putShort((short) tallies.size()).putInt(0);
    tallies.forEach(
        (measure, tally) -> {
          out.putLong(measure.code());
          out.putLong(tally.n()).putLong(tally.undefined()).putLong(tally.clipped());
          out.putLong(tally.sum()).putLong(tally.squaresHigh()).putLong(tally.squaresLow());
        });
    return out.array();
  }

  static Map<QualityMeasure, QualityTally> read(byte[] bytes) {
    try {
      return entries(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("quality sums cut off at " + bytes.length + " bytes", e);
    }
  }

  private static Map<QualityMeasure, QualityTally> entries(ByteBuffer in) {
    int version = in.get();
    int exponent = in.get();
    int count = Short.toUnsignedInt(in.getShort());
    if (version != VERSION || exponent != QualityTally.SCALE_EXPONENT || in.getInt() != 0) {
      throw new IllegalArgumentException(
          "not quality sums of version 1 at 2^-26: version %d, 2^%d".formatted(version, exponent));
    }
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
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes behind the last measure");
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

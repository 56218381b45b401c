package fovea.query.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * NumPy's array file, format 1.0: {@code \x93NUMPY}, version, header length as uint16-le, header,
 * elements. Little-endian float64, row-major.
 */
public final class NpyFormat {
  private static final int PREFIX = 10;
  private static final int ALIGNMENT = 64;
  private static final int MAGIC = 0x93;

  private NpyFormat() {}

  /** The file. */
  public static byte[] encode(ScalarField field) {
    byte[] header = header(field);
    ByteBuffer out =
        ByteBuffer.allocate(PREFIX + header.length + Double.BYTES * field.values().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) MAGIC).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
    for (double value : field.values()) {
      out.putDouble(value);
    }
    return out.array();
  }

  /** Padded with spaces, so that the elements begin at a multiple of 64. */
  private static byte[] header(ScalarField field) {
    String text =
        "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(field.height(), field.width());
    int padding = ALIGNMENT - (PREFIX + text.length() + 1) % ALIGNMENT;
    return (text + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}

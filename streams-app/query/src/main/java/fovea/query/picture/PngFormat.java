package fovea.query.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG, 8 bits RGB, each row filtered by the difference to its left neighbour. */
final class PngFormat {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
  private static final byte EIGHT_BITS = 8;
  private static final byte RGB = 2;
  private static final byte SUB = 1;

  private PngFormat() {}

  static byte[] encode(Canvas canvas) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(canvas.width())
            .putInt(canvas.height())
            .put(EIGHT_BITS)
            .put(RGB)
            .array();
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", deflated(rows(canvas)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] rows(Canvas canvas) {
    ByteBuffer rows = ByteBuffer.allocate(canvas.height() * (1 + 3 * canvas.width()));
    for (int y = 0; y < canvas.height(); y++) {
      rows.put(SUB);
      int left = 0;
      for (int x = 0; x < canvas.width(); x++) {
        int rgb = canvas.at(x, y);
        rows.put((byte) ((rgb >> 16) - (left >> 16)));
        rows.put((byte) ((rgb >> 8) - (left >> 8)));
        rows.put((byte) (rgb - left));
        left = rgb;
      }
    }
    return rows.array();
  }

  private static byte[] deflated(byte[] raw) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(raw);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 4 + 64);
      byte[] some = new byte[16_384];
      while (!deflater.finished()) {
        out.write(some, 0, deflater.deflate(some));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}

package fovea.core.image;

import java.util.zip.CRC32;

/** The chunks of a PNG file: the reader checks neither their sums nor that the last is there. */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int FRAMING = 12;
  private static final int IEND = 0x49454e44;

  private PngChunks() {}

  /** Whether every chunk up to IEND is there and agrees with its check sum. */
  static boolean whole(byte[] content) {
    int at = SIGNATURE;
    while (content.length - at >= FRAMING) {
      int length = Bytes.int32(content, at);
      if (length < 0 || length > content.length - at - FRAMING || !sound(content, at, length)) {
        return false;
      }
      if (Bytes.int32(content, at + 4) == IEND) {
        return true;
      }
      at += FRAMING + length;
    }
    return false;
  }

  private static boolean sound(byte[] content, int at, int length) {
    CRC32 sum = new CRC32();
    sum.update(content, at + 4, 4 + length);
    return (int) sum.getValue() == Bytes.int32(content, at + 8 + length);
  }
}

package fovea.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The five bytes before a record: 0x00 and the writer schema's id, big-endian. */
final class WireFormat {
  static final int HEADER = 5;

  private WireFormat() {}

  static void writeHeader(ByteArrayOutputStream out, int id) {
    out.writeBytes(ByteBuffer.allocate(HEADER).put((byte) 0).putInt(id).array());
  }

  /** The id of the schema these bytes were written with. */
  static int schemaId(byte[] wire) {
    if (wire.length < HEADER || wire[0] != 0) {
      throw new SerializationException(
          "not in the wire format: " + wire.length + " bytes, first " + firstByte(wire));
    }
    int id = ByteBuffer.wrap(wire).getInt(1);
    if (id < 0) {
      throw new SerializationException("not in the wire format: schema id " + id);
    }
    return id;
  }

  private static String firstByte(byte[] wire) {
    return wire.length == 0 ? "none" : "0x%02x".formatted(wire[0]);
  }
}

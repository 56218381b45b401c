package fovea.modelstore;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Map;

/**
 * Counts a file's fields before any of them becomes an object: a message of two bytes costs a
 * hundred in memory, and a packed number of one byte costs eight.
 *
 * <p>Walks messages only, by field numbers of ONNX; text and numbers are skipped unread.
 */
final class WireBudget {
  private static final int MAX_FIELDS = 2_000_000;
  private static final int MAX_PACKED_BYTES = 64 << 20;
  private static final int MAX_NESTING = 64;

  /** What a field that is itself a message holds. */
  private enum Kind {
    MODEL,
    GRAPH,
    NODE,
    ATTRIBUTE,
    TENSOR,
    SPARSE,
    FUNCTION,
    TRAINING,
    /** A message whose parts are small: its bytes are counted as if each were a field. */
    SMALL
  }

  private static final Map<Kind, Map<Integer, Kind>> MESSAGES =
      Map.of(
          Kind.MODEL,
          Map.of(
              7, Kind.GRAPH, 8, Kind.SMALL, 14, Kind.SMALL, 20, Kind.TRAINING, 25, Kind.FUNCTION),
          Kind.GRAPH,
          Map.of(
              1,
              Kind.NODE,
              5,
              Kind.TENSOR,
              11,
              Kind.SMALL,
              12,
              Kind.SMALL,
              13,
              Kind.SMALL,
              14,
              Kind.SMALL,
              15,
              Kind.SPARSE,
              16,
              Kind.SMALL),
          Kind.NODE,
          Map.of(5, Kind.ATTRIBUTE, 9, Kind.SMALL),
          Kind.ATTRIBUTE,
          Map.of(
              5,
              Kind.TENSOR,
              6,
              Kind.GRAPH,
              10,
              Kind.TENSOR,
              11,
              Kind.GRAPH,
              14,
              Kind.SMALL,
              15,
              Kind.SMALL,
              22,
              Kind.SPARSE,
              23,
              Kind.SPARSE),
          Kind.TENSOR,
          Map.of(3, Kind.SMALL, 13, Kind.SMALL, 16, Kind.SMALL),
          Kind.SPARSE,
          Map.of(1, Kind.TENSOR, 2, Kind.TENSOR),
          Kind.FUNCTION,
          Map.of(7, Kind.NODE, 9, Kind.SMALL, 11, Kind.ATTRIBUTE, 12, Kind.SMALL, 14, Kind.SMALL),
          Kind.TRAINING,
          Map.of(1, Kind.GRAPH, 2, Kind.GRAPH, 3, Kind.SMALL, 4, Kind.SMALL));

  /** Packed numbers of one to ten bytes that become four or eight. */
  private static final Map<Kind, Map<Integer, Boolean>> PACKED =
      Map.of(
          Kind.TENSOR, Map.of(1, true, 5, true, 7, true, 11, true),
          Kind.ATTRIBUTE, Map.of(8, true),
          Kind.SPARSE, Map.of(3, true));

  private long fields;
  private long packed;

  private WireBudget() {}

  /** Refuses a file whose objects would be many times its size. */
  static void check(byte[] onnx) {
    try {
      new WireBudget().message(CodedInputStream.newInstance(onnx), Kind.MODEL, 0);
    } catch (IOException e) {
      throw new ModelRefusedException("not an ONNX model: " + e.getMessage(), e);
    }
  }

  private void message(CodedInputStream in, Kind kind, int depth) throws IOException {
    if (depth > MAX_NESTING) {
      throw new ModelRefusedException("not an ONNX model: nested deeper than " + MAX_NESTING);
    }
    Map<Integer, Kind> messages = MESSAGES.getOrDefault(kind, Map.of());
    Map<Integer, Boolean> numbers = PACKED.getOrDefault(kind, Map.of());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      count(1);
      int field = WireFormat.getTagFieldNumber(tag);
      Kind inner = messages.get(field);
      if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        in.skipField(tag);
      } else if (inner == null) {
        int bytes = in.readRawVarint32();
        packed += numbers.containsKey(field) ? bytes : 0;
        in.skipRawBytes(bytes);
      } else {
        inside(in, inner, depth);
      }
    }
  }

  private void inside(CodedInputStream in, Kind kind, int depth) throws IOException {
    int bytes = in.readRawVarint32();
    if (kind == Kind.SMALL) {
      count(bytes);
      in.skipRawBytes(bytes);
      return;
    }
    int limit = in.pushLimit(bytes);
    message(in, kind, depth + 1);
    in.popLimit(limit);
  }

  private void count(int more) {
    fields += more;
    if (fields > MAX_FIELDS || packed > MAX_PACKED_BYTES) {
      throw new ModelRefusedException(
          "the graph has more than %d fields or %d bytes of packed whole numbers: weights belong"
                  .formatted(MAX_FIELDS, MAX_PACKED_BYTES)
              + " into raw_data");
    }
  }
}

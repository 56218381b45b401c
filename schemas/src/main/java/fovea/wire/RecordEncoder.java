package fovea.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes records by one schema. Thread-confined; of no use after it has thrown. */
final class RecordEncoder<T extends SpecificRecord> {
  private static final int USUAL = 1 << 13;
  private static final int KEPT = 1 << 17;

  private final int schemaId;
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
  private int greatest;

  RecordEncoder(SchemaRegistry.Registered with, SpecificData model) {
    this.schemaId = with.id();
    this.writer = new SpecificDatumWriter<>(with.schema(), model);
  }

  byte[] encode(T value) throws IOException {
    out.reset();
    WireFormat.writeHeader(out, schemaId);
    writer.write(value, encoder);
    encoder.flush();
    greatest = Math.max(greatest, out.size());
    return out.toByteArray();
  }

  /** Whether its memory is small enough to be kept for the next record. */
  boolean lean() {
    return greatest <= KEPT;
  }
}

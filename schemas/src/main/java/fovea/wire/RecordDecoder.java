package fovea.wire;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads records of one writer's schema. Thread-confined; of no use after it has thrown.
 *
 * <p>Avro resolves the two schemas anew for every thread that reads. Images are read by threads
 * that live for one image, so here what was resolved is kept beside.
 */
final class RecordDecoder<T extends SpecificRecord> extends SpecificDatumReader<T> {
  private static final byte[] NOTHING = {};

  private final ResolvingDecoder resolving;
  private final BinaryDecoder idle = DecoderFactory.get().binaryDecoder(NOTHING, null);

  RecordDecoder(Schema written, Schema wanted, SpecificData model) throws IOException {
    super(written, wanted, model);
    this.resolving =
        DecoderFactory.get().resolvingDecoder(Schema.applyAliases(written, wanted), wanted, idle);
  }

  /** The record behind {@code wire}'s header, and nothing but it. */
  // Avro takes null where there is no record to fill anew.
  @SuppressWarnings({"NullAway", "unchecked"})
  T decode(byte[] wire) throws IOException {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(wire, WireFormat.HEADER, wire.length - WireFormat.HEADER, null);
    resolving.configure(decoder);
    T value = (T) read(null, getExpected(), resolving);
    resolving.drain();
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over after the record");
    }
    resolving.configure(idle); // Else the wire's bytes would live as long as this.
    return value;
  }
}

package fovea.bench.aggregate;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** {@link FloatMaps} as raw bytes: n, means, squares. */
final class RawMaps implements Serde<FloatMaps> {
  @Override
  public Serializer<FloatMaps> serializer() {
    return (topic, maps) -> bytes(maps);
  }

  @Override
  public Deserializer<FloatMaps> deserializer() {
    return (topic, bytes) -> read(bytes);
  }

  private static byte[] bytes(FloatMaps maps) {
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + 2 * Float.BYTES * maps.mean().length).putLong(maps.n());
    out.asFloatBuffer().put(maps.mean()).put(maps.squares());
    return out.array();
  }

  private static FloatMaps read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long n = in.getLong();
    FloatBuffer floats = in.asFloatBuffer();
    float[] mean = new float[floats.remaining() / 2];
    float[] squares = new float[mean.length];
    floats.get(mean).get(squares);
    return new FloatMaps(n, mean, squares);
  }
}

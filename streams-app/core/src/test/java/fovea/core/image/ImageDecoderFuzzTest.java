package fovea.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thousands of damaged files: each is an image or refused, and nothing is thrown. */
class ImageDecoderFuzzTest {
  private static final int PER_FILE = 150;

  private final ImageDecoder decoder = new ImageDecoder(new DecodeLimits(1_000_000, 250_000));

  @Test
  void noDamageEscapesAsAnException() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Encoded.grey().forEach((name, file) -> files.put("grey " + name, file));
    Encoded.rgb().forEach((name, file) -> files.put("rgb " + name, file));
    files.putAll(Encoded.jpeg());
    Random random = new Random(20_260_101);
    int refused = 0;
    for (byte[] file : files.values()) {
      for (int i = 0; i < PER_FILE; i++) {
        refused += decoder.decode(damaged(file, random)) instanceof Decoded.Refused ? 1 : 0;
      }
    }
    // Damage to the pixels of an uncompressed file cannot be seen; most of the rest can.
    assertThat(refused).isBetween(files.size() * PER_FILE / 4, files.size() * PER_FILE);
  }

  private static byte[] damaged(byte[] file, Random random) {
    byte[] out = file.clone();
    int reach = random.nextBoolean() ? out.length : Math.min(out.length, 200);
    int from = random.nextBoolean() ? 0 : out.length - reach;
    switch (random.nextInt(5)) {
      case 0 -> out = Arrays.copyOf(out, random.nextInt(out.length));
      case 1 -> Arrays.fill(out, random.nextInt(out.length), out.length, (byte) 0);
      case 2 -> {
        int at = random.nextInt(out.length);
        System.arraycopy(file, 0, out, at, out.length - at);
      }
      default -> {
        for (int n = random.nextInt(12); n >= 0; n--) {
          out[from + random.nextInt(reach)] =
              (byte) (random.nextBoolean() ? 255 : random.nextInt());
        }
      }
    }
    return out;
  }
}

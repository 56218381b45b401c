package fovea.app;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomSpec;
import fovea.schema.DeadLetter;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Files that are no images, each in its own way, and what each must be refused for. */
final class DamagedFolder {
  static final Map<String, String> REASONS =
      new TreeMap<>(
          Map.of(
              "truncated.jpg", "IMAGE",
              "half.png", "IMAGE",
              "zero-bytes.jpg", "IMAGE",
              "text.jpg", "IMAGE",
              "random.jpg", "IMAGE",
              "wrong-type.jpg", "IMAGE",
              "giant.pgm", "TOO_LARGE",
              "giant.png", "TOO_LARGE"));

  private DamagedFolder() {}

  static void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Phantom phantom = new Phantom(PhantomSpec.of(7, Instant.EPOCH));
    byte[] jpeg = ImageFile.JPEG.encode(phantom.image(0).raster());
    byte[] png = ImageFile.PNG.encode(phantom.image(1).raster());
    byte[] random = new byte[10_000];
    new Random(7).nextBytes(random);
    Map<String, byte[]> files = new HashMap<>();
    files.put("truncated.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
    files.put("half.png", Arrays.copyOf(png, png.length / 2));
    files.put("zero-bytes.jpg", new byte[0]);
    files.put("text.jpg", "This is no image.".getBytes(StandardCharsets.UTF_8));
    files.put("random.jpg", random);
    files.put("wrong-type.jpg", "%PDF-1.7 and so on".getBytes(StandardCharsets.UTF_8));
    files.put("giant.pgm", "P5\n60000 60000\n255\n".getBytes(StandardCharsets.UTF_8));
    files.put("giant.png", giant(png));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** A PNG whose header says 60,000 by 60,000. */
  private static byte[] giant(byte[] png) {
    byte[] out = png.clone();
    ByteBuffer header = ByteBuffer.wrap(out);
    header.putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(out, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return out;
  }

  /** Each letter names the right reason, and carries the record as it came. */
  static void check(List<Letter> letters, Path folder) throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (Letter letter : letters) {
      ScreeningImage original = letter.original();
      reasons.put(original.getImageId(), letter.letter().getReason());
      ByteBuffer content = ((InlinePayload) original.getPayload()).getContent();
      byte[] sent = new byte[content.remaining()];
      content.duplicate().get(sent);
      assertThat(sent).isEqualTo(Files.readAllBytes(folder.resolve(original.getImageId())));
    }
    assertThat(reasons).isEqualTo(REASONS);
  }

  /** A dead letter, with its original read back. */
  record Letter(DeadLetter letter, ScreeningImage original) {}
}

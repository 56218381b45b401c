package fovea.streams;

import fovea.core.frame.Modality;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.Raster;
import fovea.core.image.Thumbnail;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import fovea.streams.deadletter.Reason;
import fovea.streams.deadletter.Refusal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * From a record's bytes to decoded pixels, or the reason why not. Thread-confined.
 *
 * <p>A registry that does not answer is not the record's fault and throws.
 */
final class ImageReader {
  private static final HexFormat HEX = HexFormat.of();

  private final Deserializer<ScreeningImage> images;
  private final ImageDecoder decoder;
  private final MessageDigest sha256;

  ImageReader(Deserializer<ScreeningImage> images, ImageDecoder decoder) {
    this.images = images;
    this.decoder = decoder;
    this.sha256 = sha256();
  }

  /** The image's fields, read and checked. */
  Reading<ScreeningImage> fields(ImageRecord record) {
    byte[] value = record.value();
    if (value == null) {
      return Reading.refused(Reason.SCHEMA, "there is no value");
    }
    ScreeningImage image;
    try {
      image = images.deserialize(record.topic(), value);
    } catch (SerializationException e) {
      return Reading.refused(Reason.SCHEMA, "the value is no screening image");
    }
    Optional<Refusal> broken = ImageFields.broken(image, Instant.ofEpochMilli(record.timestamp()));
    return broken.isPresent() ? new Reading.Refused<>(broken.get()) : new Reading.Read<>(image);
  }

  /** The DICOM code of the image's modality. */
  Reading<String> modality(ScreeningImage image) {
    return Modality.canonical(image.getModality())
        .<Reading<String>>map(Reading.Read::new)
        .orElseGet(() -> Reading.refused(Reason.MODALITY, "the modality is not known"));
  }

  /** The pixels, after the content is verified. */
  Reading<DecodedImage> pixels(ScreeningImage image, String modality, long timestamp) {
    if (!(image.getPayload() instanceof InlinePayload payload)) {
      return Reading.refused(Reason.FETCH, "images by reference are not served yet");
    }
    byte[] content = bytes(payload.getContent());
    String digest = HEX.formatHex(sha256.digest(content));
    if (payload.getSha256() != null && !payload.getSha256().equalsIgnoreCase(digest)) {
      return Reading.refused(Reason.CHECKSUM, "the content has the SHA-256 " + digest);
    }
    long start = System.nanoTime();
    Decoded decoded = decoder.decode(content);
    long nanos = System.nanoTime() - start;
    return switch (decoded) {
      case Decoded.Image(Raster raster) ->
          new Reading.Read<>(
              new DecodedImage(
                  new ScreenedImage(
                      image,
                      modality,
                      digest,
                      raster.width(),
                      raster.height(),
                      Thumbnail.of(raster),
                      Instant.ofEpochMilli(timestamp),
                      nanos),
                  raster));
      case Decoded.Refused(Decoded.Reason reason, String message) ->
          Reading.refused(Reason.valueOf(reason.name()), message);
    };
  }

  /** Avro hands out a buffer of exactly the content, which then need not be copied. */
  private static byte[] bytes(ByteBuffer content) {
    if (content.hasArray()
        && content.arrayOffset() == 0
        && content.remaining() == content.array().length) {
      return content.array();
    }
    byte[] copy = new byte[content.remaining()];
    content.duplicate().get(copy);
    return copy;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

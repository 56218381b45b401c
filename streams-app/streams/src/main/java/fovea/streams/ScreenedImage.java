package fovea.streams;

import fovea.core.image.Thumbnail;
import fovea.schema.ScreeningImage;
import java.time.Instant;

/**
 * An image record whose fields hold and whose content was decoded: what is kept of it once the
 * models have seen its pixels.
 *
 * @param record as it came
 * @param modality its DICOM code
 * @param sha256 lower-case hex SHA-256 of the encoded image
 * @param width in pixels
 * @param height in pixels
 * @param thumbnail the pixels in small
 * @param ingestedAt Kafka timestamp of the record
 * @param decodeNanos time the decoding took
 */
record ScreenedImage(
    ScreeningImage record,
    String modality,
    String sha256,
    int width,
    int height,
    Thumbnail thumbnail,
    Instant ingestedAt,
    long decodeNanos) {}

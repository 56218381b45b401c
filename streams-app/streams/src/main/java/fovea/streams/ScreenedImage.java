package fovea.streams;

import fovea.core.image.Raster;
import fovea.core.image.Thumbnail;
import fovea.schema.ScreeningImage;
import java.time.Instant;

/**
 * An image record whose fields hold and whose content is decoded.
 *
 * @param record as it came
 * @param modality its DICOM code
 * @param sha256 lower-case hex SHA-256 of the encoded image
 * @param raster the pixels
 * @param thumbnail the pixels in small
 * @param ingestedAt Kafka timestamp of the record
 * @param decodeNanos time the decoding took
 */
record ScreenedImage(
    ScreeningImage record,
    String modality,
    String sha256,
    Raster raster,
    Thumbnail thumbnail,
    Instant ingestedAt,
    long decodeNanos) {}

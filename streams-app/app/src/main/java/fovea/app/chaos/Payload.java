package fovea.app.chaos;

import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The content of an image, and what is known of how it was taken.
 *
 * @param content the encoded file, for reading only
 */
record Payload(
    ByteBuffer content,
    String modality,
    Optional<String> view,
    Optional<String> laterality,
    String site) {
  Payload {
    content = content.asReadOnlyBuffer();
  }

  /** Puts what is known into a record that lacks its identity and content. */
  ScreeningImage.Builder describe(ScreeningImage.Builder image) {
    return image
        .setModality(modality)
        .setView(view.orElse(null))
        .setLaterality(laterality.orElse(null))
        .setSite(site);
  }
}

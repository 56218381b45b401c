package fovea.streams;

import java.util.Locale;

/** What became of one image's maps. */
enum MapFate {
  /** The model's own, with its logits. */
  OWN,
  /** Made from outside. */
  MADE,
  /** None: the image is not in the sample that gets maps. */
  NOT_SAMPLED,
  /** None: the engine failed on a masked image, or its time was up. */
  FAILED;

  /** As metrics name it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

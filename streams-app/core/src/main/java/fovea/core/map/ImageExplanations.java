package fovea.core.map;

import java.util.List;

/** The explanations of the newest images, read only. Thread-safe. */
public interface ImageExplanations {

  /** Every explanation of an image by this id; none where it is not held. */
  List<ImageExplanation> of(String imageId);

  /** The newest images first, at most {@code limit}. */
  List<ListedImage> newest(ImageFilter filter, int limit);
}

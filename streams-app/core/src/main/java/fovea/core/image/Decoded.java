package fovea.core.image;

/** The result of decoding: an image, or why there is none. Immutable. */
public sealed interface Decoded {

  /** Why an image was refused. */
  enum Reason {
    /** More bytes or pixels than the limits allow. */
    TOO_LARGE,
    /** No readable image: another format, damaged, cut off, or colours that are not grey or RGB. */
    IMAGE
  }

  /** The pixels. */
  record Image(Raster raster) implements Decoded {}

  /**
   * No image.
   *
   * @param reason which rule was broken
   * @param message a sentence that repeats nothing of the file's content except sizes
   */
  record Refused(Reason reason, String message) implements Decoded {}
}

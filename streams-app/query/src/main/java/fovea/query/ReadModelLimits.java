package fovea.query;

/**
 * How much the read models hold.
 *
 * @param images newest images with their explanations
 * @param imageBytes about how many bytes these may take, whichever is reached first
 * @param deadLetters newest dead letters
 */
public record ReadModelLimits(int images, long imageBytes, int deadLetters) {
  public ReadModelLimits {
    if (images < 1 || imageBytes < 1 || deadLetters < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: %d images, %d bytes, %d dead letters"
              .formatted(images, imageBytes, deadLetters));
    }
  }

  /** 20,000 images within 128 MiB, 100 dead letters. */
  public static ReadModelLimits defaults() {
    return new ReadModelLimits(20_000, 128L << 20, 100);
  }
}

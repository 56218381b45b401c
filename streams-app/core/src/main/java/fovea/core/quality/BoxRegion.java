package fovea.core.quality;

import fovea.core.evaluation.Region;
import fovea.core.frame.Transform;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Boxes in acquired pixels as a region of the frame's grid: each cell's share that any box covers.
 *
 * <p>The model's input is the whole image with its sides fitted one by one, so a box keeps its
 * place as a share of the sides; it is mirrored where the frame's grid is that of the mirrored
 * image, which either transform but {@link Transform#NONE} makes it.
 *
 * @param imageWidth of the acquired image, in pixels
 * @param imageHeight of the acquired image, in pixels
 * @param transform what brought the map into the frame
 */
public record BoxRegion(int imageWidth, int imageHeight, Transform transform) {
  public BoxRegion {
    if (imageWidth <= 0 || imageHeight <= 0) {
      throw new IllegalArgumentException(
          "an image of %dx%d pixels".formatted(imageWidth, imageHeight));
    }
  }

  /** A box as shares of the sides. */
  private record Box(double left, double top, double right, double bottom) {
    boolean covers(double x, double y) {
      return left < x && x < right && top < y && y < bottom;
    }
  }

  /** The region of a grid; empty where no box meets the image. Overlaps count once. */
  public Optional<Region> on(int height, int width, List<PixelBox> boxes) {
    List<Box> shares =
        boxes.stream()
            .map(this::placed)
            .filter(b -> b.left() < b.right() && b.top() < b.bottom())
            .toList();
    double[] xs = edges(shares, Box::left, Box::right);
    double[] ys = edges(shares, Box::top, Box::bottom);
    double[] weights = new double[height * width];
    for (int i = 0; i + 1 < xs.length; i++) {
      for (int j = 0; j + 1 < ys.length; j++) {
        Box piece = new Box(xs[i], ys[j], xs[i + 1], ys[j + 1]);
        if (shares.stream()
            .anyMatch(
                b ->
                    b.covers(
                        middle(piece.left(), piece.right()),
                        middle(piece.top(), piece.bottom())))) {
          add(piece, weights, width);
        }
      }
    }
    return shares.isEmpty()
        ? Optional.empty()
        : Optional.of(Region.of("boxes", height, width, weights));
  }

  private Box placed(PixelBox box) {
    double left = Math.clamp((double) box.x() / imageWidth, 0.0, 1.0);
    double right = Math.clamp(((double) box.x() + box.width()) / imageWidth, 0.0, 1.0);
    double top = Math.clamp((double) box.y() / imageHeight, 0.0, 1.0);
    double bottom = Math.clamp(((double) box.y() + box.height()) / imageHeight, 0.0, 1.0);
    return transform == Transform.NONE
        ? new Box(left, top, right, bottom)
        : new Box(1 - right, top, 1 - left, bottom);
  }

  /** Boxes cut along all their edges are pieces that do not overlap. */
  private static double[] edges(
      List<Box> boxes, ToDoubleFunction<Box> from, ToDoubleFunction<Box> to) {
    return boxes.stream()
        .flatMapToDouble(b -> DoubleStream.of(from.applyAsDouble(b), to.applyAsDouble(b)))
        .distinct()
        .sorted()
        .toArray();
  }

  private static double middle(double a, double b) {
    return (a + b) / 2;
  }

  private static void add(Box piece, double[] weights, int width) {
    int height = weights.length / width;
    for (int y = (int) (piece.top() * height); y < Math.min(height, piece.bottom() * height); y++) {
      for (int x = (int) (piece.left() * width); x < Math.min(width, piece.right() * width); x++) {
        double share =
            overlap(x, piece.left() * width, piece.right() * width)
                * overlap(y, piece.top() * height, piece.bottom() * height);
        weights[y * width + x] = Math.min(1, weights[y * width + x] + share);
      }
    }
  }

  private static double overlap(double cell, double from, double to) {
    return Math.max(0, Math.min(cell + 1, to) - Math.max(cell, from));
  }
}

package fovea.training;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Half the time gives the image an outer ring that says nothing: one grey, or the ring of another
 * image. Markers, collimation and the cut of an image give its source away, and with it its class.
 */
record BorderSwap(List<Example> others) implements Change {
  private static final float SHARE = 0.5f;

  /** Widths as a share of the side: about one to three cells of the map. */
  private static final float NARROWEST = 0.07f;

  private static final float WIDEST = 0.21f;

  BorderSwap {
    others = List.copyOf(others);
  }

  @Override
  public void apply(Plane image, RandomGenerator random) {
    if (random.nextFloat() >= SHARE) {
      return;
    }
    int side = image.side();
    int width = Math.round(side * (NARROWEST + (WIDEST - NARROWEST) * random.nextFloat()));
    boolean plain = random.nextBoolean();
    float grey = 255 * random.nextFloat();
    Example other = others.get(random.nextInt(others.size()));
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      if (edge(i / side, side) < width || edge(i % side, side) < width) {
        samples[i] = plain ? grey : other.sample(i);
      }
    }
  }

  private static int edge(int at, int side) {
    return Math.min(at, side - 1 - at);
  }
}

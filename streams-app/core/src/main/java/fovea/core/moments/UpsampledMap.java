package fovea.core.moments;

/**
 * Mean and variance of an aggregate's maps after bilinear upsampling, row-major. The arrays are the
 * caller's.
 */
public final class UpsampledMap {
  private final int height;
  private final int width;
  private final double[] mean;
  private final double[] variance;

  UpsampledMap(int height, int width, double[] mean, double[] variance) {
    this.height = height;
    this.width = width;
    this.mean = mean;
    this.variance = variance;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public double[] mean() {
    return mean;
  }

  public double[] variance() {
    return variance;
  }
}

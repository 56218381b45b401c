package fovea.bench;

import java.util.List;

/**
 * What one pass over the images cost.
 *
 * @param images how many
 * @param cpuMillis CPU time of the whole process, all threads
 * @param wallSeconds from the first image in to the last result out
 * @param windowSeconds from the first image scored to the last: without fill and drain
 * @param steps time per image by step
 */
record Cost(int images, double cpuMillis, double wallSeconds, double windowSeconds, Steps steps) {

  /** Mean milliseconds per image spent decoding, preprocessing and inferring. */
  record Steps(double decode, double preprocess, double inference) {
    double sum() {
      return decode + preprocess + inference;
    }
  }

  double cpuPerImage() {
    return cpuMillis / images;
  }

  double rate() {
    return images / windowSeconds;
  }

  double wallRate() {
    return images / wallSeconds;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

package fovea.inference;

import fovea.core.frame.Template;
import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The images that a black box is tried on, and what hides parts of them. Immutable but for the
 * images' own memory.
 *
 * @param explained some seeded, and some of a user's sample
 * @param fill one value per channel: the sample's mean, else the mean that the input subtracts,
 *     else mid-grey
 * @param template of the sample
 */
record ProbeImages(List<ImageBatch> explained, List<Float> fill, Optional<Template> template) {
  private static final int SEEDED = 4;
  private static final int OF_SAMPLE = 12;
  private static final double MID_GREY = 127.5;

  static ProbeImages of(Manifest.Input input, Optional<Path> folder, List<String> notes) {
    List<ImageBatch> images = new ArrayList<>();
    new SeededImages(input).singles(SEEDED).forEach(images::add);
    if (folder.isEmpty()) {
      List<Float> fill = usual(input);
      notes.add("Hidden parts of an image become %s in the graph's input.".formatted(fill));
      return new ProbeImages(images, fill, Optional.empty());
    }
    ImageSample sample = new ImageSample(folder.get(), input);
    List<ImageBatch> kept = new ArrayList<>();
    double[] sums = new double[input.channels()];
    for (ImageBatch image : sample.images()) {
      add(image, sums);
      keep(image, sample.readable(), kept);
    }
    images.addAll(kept);
    Template template = sample.template();
    List<Float> fill = means(sums, (long) sample.readable() * input.height() * input.width());
    notes.add(
        "The frame's template is the mean of %d images of a sample; %d files were no image."
            .formatted(sample.readable(), sample.unreadable()));
    notes.add("Hidden parts of an image become the sample's mean, %s.".formatted(fill));
    return new ProbeImages(images, fill, Optional.of(template));
  }

  /** Those whose number, from 1, is a power of two: few of any sample, and not only its first. */
  private static void keep(ImageBatch image, int number, List<ImageBatch> kept) {
    if (Integer.bitCount(number) == 1 && kept.size() < OF_SAMPLE) {
      kept.add(image);
    }
  }

  private static void add(ImageBatch image, double[] sums) {
    FloatBuffer values = image.image(0);
    int plane = image.height() * image.width();
    for (int i = 0; i < sums.length * plane; i++) {
      sums[i / plane] += values.get(i);
    }
  }

  private static List<Float> means(double[] sums, long pixels) {
    List<Float> out = new ArrayList<>();
    for (double sum : sums) {
      out.add((float) (sum / pixels));
    }
    return out;
  }

  private static List<Float> usual(Manifest.Input input) {
    List<Float> out = new ArrayList<>();
    for (int c = 0; c < input.channels(); c++) {
      float mean = input.mean().get(c);
      out.add(mean == 0 ? (float) (MID_GREY / input.std().get(c)) : 0f);
    }
    return out;
  }
}

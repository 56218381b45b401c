package fovea.training;

import fovea.core.explainer.LabelGrids;
import fovea.core.image.Raster;
import fovea.core.phantom.ImageFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images, and below each the probability that every cell alone gives each lesion, then what every
 * cell adds to the diagnosis: the brighter, the more.
 */
record LesionPicture(LesionNet net) {
  /** The file's name in the model's folder. */
  static final String FILE = "maps.jpg";

  private static final int GAP = 4;

  /** Where nothing is, a third of the image's light stays, so that one sees where one is. */
  private static final double LEFT = 0.35;

  /** One image of each lesion alone, one of several, one of none: as far as there are such. */
  static List<Example> choice(List<Example> examples, int lesions) {
    List<Example> out = new ArrayList<>();
    for (int l = 0; l < lesions; l++) {
      int label = l;
      examples.stream()
          .filter(e -> e.shows(label) && count(e, lesions) == 1)
          .findFirst()
          .ifPresent(out::add);
    }
    examples.stream().filter(e -> count(e, lesions) == lesions).findFirst().ifPresent(out::add);
    examples.stream().filter(e -> count(e, lesions) == 0).findFirst().ifPresent(out::add);
    return out;
  }

  private static int count(Example example, int lesions) {
    int shown = 0;
    for (int l = 0; l < lesions; l++) {
      shown += example.shows(l) ? 1 : 0;
    }
    return shown;
  }

  /** A JPEG: one column an image, one row a map. */
  byte[] jpeg(List<Example> examples) {
    int step = net.spec().side() + GAP;
    int rows = net.spec().labels() + 1;
    Sheet sheet = new Sheet(examples.size() * step - GAP, rows * step - GAP);
    for (int i = 0; i < examples.size(); i++) {
      List<double[]> maps = maps(examples.get(i));
      for (int row = 0; row < rows; row++) {
        draw(sheet.at(i * step, row * step), examples.get(i), maps.get(row));
      }
    }
    return ImageFile.JPEG.encode(Raster.of8(sheet.width, sheet.height, 3, sheet.samples));
  }

  /** How much light falls on each cell, 0..1: all on the image, then one map after another. */
  private List<double[]> maps(Example example) {
    float[] tensor = new float[example.size()];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = example.at(i);
    }
    LabelGrids lesions = net.lesions(tensor);
    List<double[]> out = new ArrayList<>();
    double[] all = new double[lesions.cells()];
    Arrays.fill(all, 1);
    out.add(all);
    for (int l = 0; l < lesions.labels(); l++) {
      double[] map = new double[lesions.cells()];
      for (int i = 0; i < map.length; i++) {
        map[i] = 1 / (1 + Math.exp(-lesions.value(l, i)));
      }
      out.add(map);
    }
    out.add(shares(net.model().evidence(lesions)));
    return out;
  }

  /** Of what one lesion that is certain would add were it all in one cell, its square root. */
  private double[] shares(LabelGrids evidence) {
    double most = net.weight() * evidence.cells();
    double[] out = new double[evidence.cells()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.sqrt(Math.clamp(evidence.value(0, i) / most, 0, 1));
    }
    return out;
  }

  private void draw(Window window, Example example, double[] light) {
    int side = net.spec().side();
    int grid = net.spec().grid();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double on = LEFT + (1 - LEFT) * light[y * grid / side * grid + x * grid / side];
        for (int c = 0; c < NetSpec.COLOURS; c++) {
          int sample = example.sample((c * side + y) * side + x);
          window.set(y, x, c, (byte) Math.round(on * sample));
        }
      }
    }
  }

  /** RGB, row-major. */
  private static final class Sheet {
    private final int width;
    private final int height;
    private final byte[] samples;

    private Sheet(int width, int height) {
      this.width = width;
      this.height = height;
      this.samples = new byte[NetSpec.COLOURS * width * height];
    }

    private Window at(int left, int top) {
      return (y, x, c, value) ->
          samples[((top + y) * width + left + x) * NetSpec.COLOURS + c] = value;
    }
  }

  /** A part of the sheet, from its own corner. */
  private interface Window {
    void set(int y, int x, int colour, byte value);
  }
}

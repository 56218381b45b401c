package fovea.modelstore.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On what and how the figures of a model's card are taken: whoever has the data can take them
 * again.
 *
 * @param data of which a fifth of the subjects is held out, see {@link
 *     fovea.core.evaluation.SubjectSplit}
 * @param external another site's images, all of which are shown; empty for none
 * @param atlas of a region that attention is held against; empty for none
 * @param fill sample value 0..255 under which parts are hidden: the mean of the training images
 * @param samples of each bootstrap
 * @param seed of the bootstraps
 */
public record Protocol(
    DataSet data,
    Optional<DataSet> external,
    Optional<Atlas> atlas,
    float fill,
    int samples,
    long seed) {

  /** Bootstrap samples where nobody asks for another number. */
  public static final int SAMPLES = 1000;

  public Protocol {
    if (samples < 100) {
      throw new IllegalArgumentException("an interval needs 100 samples at least: " + samples);
    }
  }

  /**
   * Images with their labels.
   *
   * @param folder its name, not where it lies
   * @param table file in the folder
   * @param label column of the one label that is present
   * @param subject column of the pseudonym
   * @param labels what the column's values are called by the model; a value that is not there keeps
   *     its name
   * @param groups columns by whose values figures are also taken
   */
  public record DataSet(
      String folder,
      String table,
      String label,
      String subject,
      Map<String, String> labels,
      List<String> groups) {
    public DataSet {
      labels = Map.copyOf(labels);
      groups = List.copyOf(groups);
    }
  }

  /**
   * Masks whose mean is the atlas of a region.
   *
   * @param folder its name, not where it lies
   * @param suffix of the masks' files, e.g. {@code @.png}
   * @param region its name, e.g. {@code lungs}
   */
  public record Atlas(String folder, String suffix, String region) {}
}

package fovea.modelstore;

import fovea.core.explainer.lesion.LesionModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How a model's further outputs are read: {@code readings.json}, a file of its folder that the
 * manifest lists with its digest. Immutable.
 *
 * @param prototypes of the output {@code prototype_similarity}
 * @param lesions of the output {@code lesions}
 * @param abnormality the label that says that anything is abnormal; the others are findings that
 *     should lie inside
 */
public record Readings(
    Optional<Prototypes> prototypes, Optional<Lesions> lesions, Optional<String> abnormality) {
  /** The file's name. */
  public static final String FILE = "readings.json";

  /** Nothing further is read. */
  public static final Readings NONE =
      new Readings(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int MOST_TOP = 64;

  /** The same with prototypes as {@code found}. */
  public Readings with(Prototypes found) {
    return new Readings(Optional.of(found), lesions, abnormality);
  }

  /** Whether nothing is read. */
  public boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * What each learned example adds to each logit.
   *
   * @param top how many a record names for a label, 1..64
   * @param names of the prototypes, e.g. the images they were taken from; empty where they have
   *     none
   * @param weights W of {@code logit = Σ W s + offset}, a row per label; empty where they are not
   *     known, and then only similarities are read
   */
  public record Prototypes(int top, List<String> names, List<List<Float>> weights) {
    /** What holds where nobody said anything. */
    public static final Prototypes ANY = new Prototypes(5, List.of(), List.of());

    public Prototypes {
      names = List.copyOf(names);
      weights = weights.stream().map(List::copyOf).toList();
      int row = weights.isEmpty() ? names.size() : weights.getFirst().size();
      if (top < 1 || top > MOST_TOP) {
        throw new IllegalArgumentException("top must be 1..%d: %d".formatted(MOST_TOP, top));
      }
      if (weights.stream().anyMatch(each -> each.size() != row)
          || (!names.isEmpty() && names.size() != row)) {
        throw new IllegalArgumentException(
            "%d names, and weights in rows of %s"
                .formatted(names.size(), weights.stream().map(List::size).distinct().toList()));
      }
    }

    /** How many there are; 0 where neither names nor weights say it. */
    public int count() {
      return weights.isEmpty() ? names.size() : weights.getFirst().size();
    }

    /** The weights, a new array per label. */
    public float[][] rows() {
      float[][] out = new float[weights.size()][count()];
      for (int label = 0; label < out.length; label++) {
        for (int j = 0; j < out[label].length; j++) {
          out[label][j] = weights.get(label).get(j);
        }
      }
      return out;
    }

    /** The same with these weights. */
    public Prototypes with(List<List<Float>> found) {
      return new Prototypes(top, names, found);
    }
  }

  /**
   * How lesions become a diagnosis.
   *
   * @param names of the maps, in the output's order, each once
   * @param label the manifest's label that they make
   * @param model from maps to the diagnosis
   */
  public record Lesions(List<String> names, String label, LesionModel model) {
    public Lesions {
      names = List.copyOf(names);
      if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
        throw new IllegalArgumentException("lesions must have names, each once: " + names);
      }
      model.diagnosis().check(names.size());
    }
  }
}

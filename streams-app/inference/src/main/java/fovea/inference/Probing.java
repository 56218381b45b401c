package fovea.inference;

import fovea.core.explainer.ExplainerSpec;
import fovea.modelstore.StoredModel.Grid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a user says of how a black box is to be explained.
 *
 * @param explainer occlusion if empty
 * @param grid of the maps; seven cells on the shorter side if empty
 * @param share of images that get a map; if empty so many that they cost as much as scoring all
 * @param mostPerImage how long the maps of one image may take
 */
public record Probing(
    Optional<ExplainerSpec> explainer,
    Optional<Grid> grid,
    OptionalDouble share,
    Duration mostPerImage) {
  private static final Duration MOST_PER_IMAGE = Duration.ofSeconds(5);
  private static final Map<String, ExplainerSpec> STANDARD =
      Map.of(
          "occlusion", new ExplainerSpec.Occlusion(2, 1),
          "rise", new ExplainerSpec.Rise(200, 0.5, false),
          "mask-es", new ExplainerSpec.MaskEs(100, 1, List.of(4, 7)));

  public Probing {
    if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("the share must be 0..1: " + share.getAsDouble());
    }
    if (!mostPerImage.isPositive()) {
      throw new IllegalArgumentException("time per image must be positive: " + mostPerImage);
    }
  }

  /** All left to Fovea, within the standard timeout of an engine. */
  public static Probing standard() {
    return standard(MOST_PER_IMAGE);
  }

  /** All left to Fovea. */
  public static Probing standard(Duration mostPerImage) {
    return new Probing(Optional.empty(), Optional.empty(), OptionalDouble.empty(), mostPerImage);
  }

  /**
   * Reads {@code occlusion}, {@code rise} or {@code mask-es}, followed by the parameters that are
   * not to be the standard ones: {@code rise masks=500}.
   *
   * @throws IllegalArgumentException naming what is unknown or out of range
   */
  public static ExplainerSpec explainer(String text) {
    String[] words = text.strip().split("\\s+", -1);
    ExplainerSpec standard = STANDARD.get(words[0]);
    if (standard == null) {
      throw new IllegalArgumentException(
          "'%s' is none of occlusion, rise, mask-es".formatted(words[0]));
    }
    Map<String, String> parameters = new TreeMap<>(standard.parameters());
    List<String> rest = new ArrayList<>(List.of(words).subList(1, words.length));
    for (String word : rest) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'%s' is no name=value".formatted(word));
      }
      parameters.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return ExplainerSpec.parse(
        words[0]
            + parameters.entrySet().stream()
                .map(one -> " " + one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining()));
  }

  /**
   * Reads {@code 7x9}: rows × columns.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static Grid grid(String text) {
    if (!text.matches("[1-9]\\d{0,3}x[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException("'%s' is no grid like 7x7".formatted(text));
    }
    int x = text.indexOf('x');
    return new Grid(
        Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
  }

  /** The explainer, said or standard. */
  ExplainerSpec chosen() {
    return explainer.orElseGet(() -> explainer("occlusion"));
  }

  /** What to say where the graph gives evidence itself; empty where nothing was asked for. */
  Optional<String> unneeded() {
    boolean said = explainer.isPresent() || grid.isPresent() || share.isPresent();
    return said
        ? Optional.of(
            "Not used: --explainer, --grid and --share. The graph gives its evidence itself, of"
                + " every image, for nothing.")
        : Optional.empty();
  }
}

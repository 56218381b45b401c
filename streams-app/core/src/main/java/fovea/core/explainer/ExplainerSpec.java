package fovea.core.explainer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which explainer made a map, and with which parameters: maps of two specs never meet.
 *
 * <p>{@link #text()} is stable and read back by {@link #parse}; {@link #hash()} is what the
 * manifest of a model with this explainer gives as its explainer hash. Immutable.
 */
public sealed interface ExplainerSpec {

  /** Lower-case name, e.g. {@code rise}. */
  String id();

  /** Parameters by name; numbers as Java writes them. */
  Map<String, String> parameters();

  /** {@code id name=value name=value …}, by name. */
  default String text() {
    return SpecText.write(this);
  }

  /** SHA-256 in hex over {@code {"id":…,"parameters":{…}}}, no white space, names in order. */
  default String hash() {
    return SpecText.hash(this);
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException if it is none, naming what is missing, unknown or out of range
   */
  static ExplainerSpec parse(String text) {
    return SpecText.parse(text);
  }

  /** Class evidence: CAM, and its exact form behind ReLU-like heads. Signed. */
  record ClassEvidence() implements ExplainerSpec {
    @Override
    public String id() {
      return "class-evidence";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /** Closed-form Grad-CAM; positive part, attention only. */
  record GradCam() implements ExplainerSpec {
    @Override
    public String id() {
      return "gradcam";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /** Abnormality and class attention. */
  record TwoLevelAttention() implements ExplainerSpec {
    @Override
    public String id() {
      return "two-level-attention";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /** AdaCAM, Fovea's reading; the overall map only. */
  record AdaCam() implements ExplainerSpec {
    @Override
    public String id() {
      return "adacam-fovea";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /** Lesion activation maps; how they are pooled is the model's. */
  record LesionMaps() implements ExplainerSpec {
    @Override
    public String id() {
      return "lesion-maps";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /**
   * Prototype contributions in their arg-max cells.
   *
   * @param top how many are named in a record, at least 1
   */
  record Prototypes(int top) implements ExplainerSpec {
    public Prototypes {
      Ranges.atLeast("top", top, 1);
    }

    @Override
    public String id() {
      return "prototypes";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("top", "" + top);
    }
  }

  /**
   * Occlusion of square windows of grid cells.
   *
   * @param window side of a window in cells, at least 1
   * @param stride cells from one window to the next, 1..window, so that every cell is hidden once
   */
  record Occlusion(int window, int stride) implements ExplainerSpec {
    public Occlusion {
      Ranges.atLeast("window", window, 1);
      Ranges.within("stride", stride, 1, window);
    }

    @Override
    public String id() {
      return "occlusion";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("window", "" + window, "stride", "" + stride);
    }
  }

  /**
   * RISE with masks on the frame's grid.
   *
   * @param masks N, at least 2
   * @param kept p1, the probability that a cell is kept, inside 0..1
   * @param smooth whether pixels between cell centres are masked bilinearly, not in hard squares
   */
  record Rise(int masks, double kept, boolean smooth) implements ExplainerSpec {
    public Rise {
      Ranges.atLeast("masks", masks, 2);
      Ranges.inside("kept", kept, 0, 1);
    }

    @Override
    public String id() {
      return "rise";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of("masks", "" + masks, "kept", "" + kept, "smooth", "" + smooth);
    }
  }

  /**
   * A mask evolved over coarser and finer grids.
   *
   * @param forwards for one label at most, at least 64
   * @param sparsity weight of the mask's mean beside the lost score, above 0
   * @param scales sides of the mask grids, coarse first
   */
  record MaskEs(int forwards, double sparsity, List<Integer> scales) implements ExplainerSpec {
    public MaskEs {
      scales = List.copyOf(scales);
      Ranges.atLeast("forwards", forwards, 64);
      Ranges.inside("sparsity", sparsity, 0, Double.MAX_VALUE);
      if (scales.isEmpty() || scales.stream().anyMatch(s -> s < 1)) {
        throw new IllegalArgumentException("scales must be positive: " + scales);
      }
    }

    /** Grids 4, 7 and 14, at most 2,000 forwards. */
    public static MaskEs standard() {
      return new MaskEs(2000, 1, List.of(4, 7, 14));
    }

    @Override
    public String id() {
      return "mask-es";
    }

    @Override
    public Map<String, String> parameters() {
      Map<String, String> out = new TreeMap<>();
      out.put("forwards", "" + forwards);
      out.put("sparsity", "" + sparsity);
      out.put("scales", String.join(",", scales.stream().map(String::valueOf).toList()));
      return out;
    }
  }
}

package fovea.modelstore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Inputs of a model with the outputs its author's engine gave: {@code parity/}.
 *
 * <p>Two or three files of float32, little-endian, and {@code parity.json} with their shapes: of a
 * black box there is no evidence. Immutable: arrays are copied in and out.
 */
public final class ParityVectors {
  private static final String SHAPES = "parity/parity.json";
  private final Tensor input;
  private final Tensor logits;
  private final Optional<Tensor> evidence;

  /**
   * Vectors of N images.
   *
   * @param input N×C×H×W
   * @param logits N×L
   * @param evidence N×L×h×w
   * @throws IllegalArgumentException if the shapes do not belong together
   */
  public ParityVectors(Tensor input, Tensor logits, Tensor evidence) {
    this(input, logits, Optional.of(evidence));
  }

  /** Of a black box: input N×C×H×W, logits N×L. */
  public ParityVectors(Tensor input, Tensor logits) {
    this(input, logits, Optional.empty());
  }

  private ParityVectors(Tensor input, Tensor logits, Optional<Tensor> evidence) {
    List<Long> maps = evidence.map(Tensor::shape).orElse(List.of());
    if (input.shape().size() != 4
        || logits.shape().size() != 2
        || (evidence.isPresent() && maps.size() != 4)) {
      throw new IllegalArgumentException(
          "parity shapes must be NxCxHxW, NxL and NxLxhxw: %s, %s, %s"
              .formatted(input.shape(), logits.shape(), maps));
    }
    if (!input.shape().getFirst().equals(logits.shape().getFirst())
        || (evidence.isPresent() && !logits.shape().equals(maps.subList(0, 2)))) {
      throw new IllegalArgumentException(
          "parity shapes do not belong together: %s, %s, %s"
              .formatted(input.shape(), logits.shape(), maps));
    }
    this.input = input;
    this.logits = logits;
    this.evidence = evidence;
  }

  /** How many images. */
  public int count() {
    return Math.toIntExact(input.shape().get(0));
  }

  public Tensor input() {
    return input;
  }

  public Tensor logits() {
    return logits;
  }

  /** Whether there is evidence: not of a black box. */
  public boolean explained() {
    return evidence.isPresent();
  }

  /**
   * @throws java.util.NoSuchElementException if it is a black box's
   */
  public Tensor evidence() {
    return evidence.orElseThrow();
  }

  /** The files, by name, for {@link ModelWriter}. */
  public Map<String, byte[]> files() {
    ObjectNode shapes = JsonNodeFactory.instance.objectNode();
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("input", input);
    tensors.put("logits", logits);
    evidence.ifPresent(maps -> tensors.put("evidence", maps));
    tensors.forEach(
        (name, tensor) -> {
          tensor.shape().forEach(shapes.withArray(name)::add);
          files.put(file(name), Floats.bytes(tensor.values));
        });
    files.put(SHAPES, ManifestJson.pretty(shapes));
    return files;
  }

  static ParityVectors read(Function<String, byte[]> file) {
    JsonFields shapes = new JsonFields("", ManifestJson.parse(file.apply(SHAPES)));
    try {
      ParityVectors vectors =
          new ParityVectors(
              tensor("input", shapes, file),
              tensor("logits", shapes, file),
              shapes.has("evidence")
                  ? Optional.of(tensor("evidence", shapes, file))
                  : Optional.empty());
      shapes.end();
      return vectors;
    } catch (IllegalArgumentException e) {
      throw ModelRefusedException.because(e);
    }
  }

  private static Tensor tensor(String name, JsonFields shapes, Function<String, byte[]> file) {
    return new Tensor(shapes.longs(name), Floats.of(file.apply(file(name))));
  }

  private static String file(String name) {
    return "parity/" + name + ".f32";
  }

  /** Floats of a shape, row-major. Immutable. */
  public static final class Tensor {
    private final List<Long> shape;
    private final float[] values;

    /** Copies {@code values}, as many as the product of {@code shape}. */
    public Tensor(List<Long> shape, float[] values) {
      this.shape = List.copyOf(shape);
      this.values = values.clone();
      long size = 1;
      for (long extent : shape) {
        if (extent <= 0 || extent > Integer.MAX_VALUE || size * extent > Integer.MAX_VALUE) {
          throw new IllegalArgumentException("extents must be positive and not huge: " + shape);
        }
        size *= extent;
      }
      if (size != values.length) {
        throw new IllegalArgumentException(values.length + " values do not fill " + shape);
      }
    }

    public List<Long> shape() {
      return shape;
    }

    /** The values, a copy. */
    public float[] values() {
      return values.clone();
    }
  }
}

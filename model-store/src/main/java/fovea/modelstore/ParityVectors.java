package fovea.modelstore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Inputs of a model with the outputs its author's engine gave: {@code parity/}.
 *
 * <p>Three files of float32, little-endian, and {@code parity.json} with their shapes. Immutable:
 * arrays are copied in and out.
 */
public final class ParityVectors {
  private static final String SHAPES = "parity/parity.json";
  private final Tensor input;
  private final Tensor logits;
  private final Tensor evidence;

  /**
   * Vectors of N images.
   *
   * @param input N×C×H×W
   * @param logits N×L
   * @param evidence N×L×h×w
   * @throws IllegalArgumentException if the shapes do not belong together
   */
  public ParityVectors(Tensor input, Tensor logits, Tensor evidence) {
    if (input.shape().size() != 4 || logits.shape().size() != 2 || evidence.shape().size() != 4) {
      throw new IllegalArgumentException(
          "parity shapes must be NxCxHxW, NxL and NxLxhxw: %s, %s, %s"
              .formatted(input.shape(), logits.shape(), evidence.shape()));
    }
    long images = input.shape().get(0);
    if (images != logits.shape().get(0) || !logits.shape().equals(evidence.shape().subList(0, 2))) {
      throw new IllegalArgumentException(
          "parity shapes do not belong together: %s, %s, %s"
              .formatted(input.shape(), logits.shape(), evidence.shape()));
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

  public Tensor evidence() {
    return evidence;
  }

  /** The files, by name, for {@link ModelWriter}. */
  public Map<String, byte[]> files() {
    ObjectNode shapes = JsonNodeFactory.instance.objectNode();
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("input", input);
    tensors.put("logits", logits);
    tensors.put("evidence", evidence);
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
              tensor("evidence", shapes, file));
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

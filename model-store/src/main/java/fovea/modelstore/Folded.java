package fovea.modelstore;

import fovea.modelstore.HeadLayer.Dense;
import fovea.modelstore.HeadLayer.Scale;
import java.util.Arrays;
import java.util.Optional;

/** Layers without an activation between them made into one, in double precision. */
final class Folded {
  private Optional<HeadLayer> layer = Optional.empty();

  /** Puts a {@link Dense} or a {@link Scale} after those that were given before. */
  void then(HeadLayer next) {
    layer = Optional.of(layer.map(first -> fold(first, next)).orElse(next));
  }

  /** The one layer; empty for none. */
  Optional<HeadLayer> layer() {
    return layer;
  }

  private static HeadLayer fold(HeadLayer first, HeadLayer next) {
    if (first instanceof Scale a && next instanceof Scale b) {
      return scales(a, b);
    }
    if (first instanceof Scale a && next instanceof Dense b) {
      return before(a, b);
    }
    if (first instanceof Dense a && next instanceof Scale b) {
      return after(a, b);
    }
    if (first instanceof Dense a && next instanceof Dense b) {
      return product(a, b);
    }
    throw new IllegalArgumentException("an activation is not folded: " + first + ", " + next);
  }

  private static Scale scales(Scale a, Scale b) {
    int size =
        Math.max(
            Math.max(a.factor().length, a.shift().length),
            Math.max(b.factor().length, b.shift().length));
    double[] factor = new double[size];
    double[] shift = new double[size];
    for (int i = 0; i < size; i++) {
      double by = at(b.factor(), i, size);
      factor[i] = by * at(a.factor(), i, size);
      shift[i] = by * at(a.shift(), i, size) + at(b.shift(), i, size);
    }
    return new Scale(said(a, b), factor, shift);
  }

  /** W·(s·x + t) + b. */
  private static Dense before(Scale a, Dense b) {
    double[] weights = b.weights().clone();
    double[] bias = b.bias().clone();
    for (int row = 0; row < b.outputs(); row++) {
      for (int column = 0; column < b.inputs(); column++) {
        int i = row * b.inputs() + column;
        bias[row] += weights[i] * at(a.shift(), column, b.inputs());
        weights[i] *= at(a.factor(), column, b.inputs());
      }
    }
    return new Dense(said(a, b), b.outputs(), b.inputs(), weights, bias);
  }

  /** s·(W·x + b) + t. */
  private static Dense after(Dense a, Scale b) {
    double[] weights = a.weights().clone();
    double[] bias = a.bias().clone();
    for (int row = 0; row < a.outputs(); row++) {
      double by = at(b.factor(), row, a.outputs());
      for (int i = row * a.inputs(); i < (row + 1) * a.inputs(); i++) {
        weights[i] *= by;
      }
      bias[row] = by * bias[row] + at(b.shift(), row, a.outputs());
    }
    return new Dense(said(a, b), a.outputs(), a.inputs(), weights, bias);
  }

  private static Dense product(Dense a, Dense b) {
    if (a.outputs() != b.inputs()) {
      throw new OpaqueHeadException(
          "%s does not fit after %s: it takes %d values, there are %d"
              .formatted(b.said(), a.said(), b.inputs(), a.outputs()));
    }
    double[] weights = new double[b.outputs() * a.inputs()];
    double[] bias = b.bias().clone();
    for (int row = 0; row < b.outputs(); row++) {
      for (int k = 0; k < a.outputs(); k++) {
        double by = b.weights()[row * b.inputs() + k];
        bias[row] += by * a.bias()[k];
        for (int column = 0; column < a.inputs(); column++) {
          weights[row * a.inputs() + column] += by * a.weights()[k * a.inputs() + column];
        }
      }
    }
    return new Dense(said(a, b), b.outputs(), a.inputs(), weights, bias);
  }

  private static String said(HeadLayer a, HeadLayer b) {
    return a.said() + " → " + b.said();
  }

  /** Value {@code i} of {@code size}, one for all or one each. */
  private static double at(double[] values, int i, int size) {
    if (values.length == 1) {
      return values[0];
    }
    if (values.length != size) {
      throw new OpaqueHeadException(
          "the head multiplies or adds %d values to %d channels".formatted(values.length, size));
    }
    return values[i];
  }

  /** A scale as a matrix. */
  static Dense square(Scale scale, int size) {
    double[] weights = new double[Math.multiplyExact(size, size)];
    double[] bias = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i * size + i] = at(scale.factor(), i, size);
      bias[i] = at(scale.shift(), i, size);
    }
    return new Dense(scale.said(), size, size, weights, bias);
  }

  /** A scale that changes nothing. */
  static Scale identity() {
    return new Scale("identity", new double[] {1}, new double[] {0});
  }

  static boolean zero(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == 0);
  }
}

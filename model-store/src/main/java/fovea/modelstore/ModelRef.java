package fovea.modelstore;

import java.util.Comparator;

/**
 * A model's id and version, each letters, digits, '.', '_' and '-'.
 *
 * <p>Ordered by id, then by version; versions compare number by number, so that 10 follows 9.
 */
public record ModelRef(String id, String version) implements Comparable<ModelRef> {
  private static final Comparator<ModelRef> ORDER =
      Comparator.comparing(ModelRef::id).thenComparing(ModelRef::version, VersionOrder::compare);

  public ModelRef {
    check("model id", id);
    check("model version", version);
  }

  @Override
  public int compareTo(ModelRef other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return id + "/" + version;
  }

  static boolean valid(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  }

  private static void check(String what, String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException(
          what + " must be letters, digits, '.', '_' and '-': '" + name + "'");
    }
  }
}

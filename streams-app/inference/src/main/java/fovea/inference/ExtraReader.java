package fovea.inference;

import fovea.core.inference.Extra;
import fovea.core.inference.ExtraRole;
import fovea.core.inference.Outputs;
import fovea.modelstore.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads what a manifest's outputs name beside logits, evidence and offset. Immutable. */
final class ExtraReader {
  private final Map<ExtraRole, String> names = new EnumMap<>(ExtraRole.class);

  ExtraReader(Manifest manifest) {
    manifest
        .outputs()
        .forEach((role, name) -> ExtraRole.named(role).ifPresent(extra -> names.put(extra, name)));
  }

  /** The same images with what else the call gave of each. */
  List<Outputs> read(NamedOutputs outputs, List<Outputs> images) {
    if (names.isEmpty()) {
      return images;
    }
    List<List<Extra>> extras = new ArrayList<>();
    images.forEach(image -> extras.add(new ArrayList<>()));
    names.forEach((role, name) -> read(role, outputs.shape(name), outputs.floats(name), extras));
    List<Outputs> out = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      out.add(images.get(i).with(extras.get(i)));
    }
    return out;
  }

  private static void read(ExtraRole role, long[] shape, float[] all, List<List<Extra>> extras) {
    int count = extras.size();
    if (shape.length != role.rank() + 1 || shape[0] != count) {
      throw new IllegalStateException(
          "%s has shape %s for %d images".formatted(role.text(), Arrays.toString(shape), count));
    }
    List<Integer> one = Arrays.stream(shape).skip(1).mapToObj(Math::toIntExact).toList();
    int size = all.length / count;
    for (int i = 0; i < count; i++) {
      extras
          .get(i)
          .add(
              new Extra(
                  role, one, count == 1 ? all : Arrays.copyOfRange(all, i * size, (i + 1) * size)));
    }
  }
}

package fovea.training;

import fovea.core.phantom.Lesion;
import fovea.modelstore.Link;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelWriter;
import fovea.modelstore.Readings;
import fovea.modelstore.ReadingsJson;
import fovea.modelstore.StoredModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a net of lesions as a version in a model store.
 *
 * @param target where it goes
 */
record LesionShipping(Shipping target) {
  /** The diagnosis' label: any of the phantom's lesions is there. */
  static final String DIAGNOSIS = "retinal_disease";

  StoredModel write(LesionTrained trained) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(StoredModel.ONNX, trained.net().onnx(target.model().id()));
    String card = new LesionCard(target.model(), trained).text();
    files.put("model-card.md", card.getBytes(StandardCharsets.UTF_8));
    files.put(LesionPicture.FILE, new LesionPicture(trained.net()).jpeg(trained.shown()));
    files.put(Shipping.TEMPLATE, trained.template().bytes());
    files.put(Readings.FILE, ReadingsJson.write(readings(trained.net())));
    files.putAll(trained.parity().files());
    return new ModelWriter(target.store()).write(manifest(trained), files);
  }

  /** The lesions' labels, then the diagnosis'. */
  static List<String> labels() {
    return Stream.concat(lesions().stream(), Stream.of(DIAGNOSIS)).toList();
  }

  private static List<String> lesions() {
    return Arrays.stream(Lesion.values()).map(Lesion::label).toList();
  }

  private Manifest manifest(LesionTrained trained) {
    return new Manifest(
        Manifest.CONTRACT,
        target.model().id(),
        target.model().version(),
        Map.of(),
        Shipping.input(trained.net().spec()),
        Link.SIGMOID,
        labels(),
        labels(),
        labels().stream().collect(Collectors.toMap(l -> l, l -> 0.5)),
        Map.of("logits", "logits", "evidence", "evidence", "lesions", "lesions"),
        Shipping.offset(trained.net()),
        new Manifest.Explainer("lesion-maps", Map.of()),
        Shipping.frame(trained.template()),
        trained.quantisation(),
        // A share is an exponential of cells: it multiplies their rounding by their size.
        new Manifest.Tolerances(1e-5, 1e-4),
        // The engine that serves measures this at every load, and runs images one by one if not.
        true,
        "Apache-2.0",
        Shipping.data(trained.images(), trained.plan()));
  }

  /** The path, so that whoever has the maps can follow it. */
  private static Readings readings(LesionNet net) {
    return new Readings(
        Optional.empty(),
        Optional.of(new Readings.Lesions(lesions(), DIAGNOSIS, net.model())),
        Optional.empty());
  }
}

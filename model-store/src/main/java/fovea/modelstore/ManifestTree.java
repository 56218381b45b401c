package fovea.modelstore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.frame.FieldOfView;
import fovea.core.frame.FrameSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From a {@link Manifest} to JSON; fields in the record's order, free names sorted. */
final class ManifestTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ManifestTree() {}

  static ObjectNode manifest(Manifest m) {
    ObjectNode out = JSON.objectNode();
    out.put("contract", m.contract()).put("id", m.id()).put("version", m.version());
    ObjectNode files = out.putObject("files");
    new TreeMap<>(m.files())
        .forEach(
            (name, d) -> files.putObject(name).put("sha256", d.sha256()).put("bytes", d.bytes()));
    out.set("input", input(m.input()));
    out.put("link", text(m.link()));
    out.set("labels", texts(m.labels()));
    out.set("positive", texts(m.positive()));
    out.set("thresholds", thresholds(m.thresholds()));
    out.set("outputs", textMap(m.outputs()));
    out.set("offset", floats(m.offset()));
    out.set("explainer", explainer(m.explainer()));
    out.set("frame", frame(m.frame()));
    out.set("quantisation", quantisation(m.quantisation()));
    out.set("tolerances", tolerances(m.tolerances()));
    out.put("batchInvariant", m.batchInvariant());
    out.put("licence", m.licence()).put("trainingData", m.trainingData());
    return out;
  }

  /** What decides how evidence becomes a picture and a decision: the variant's content. */
  static ObjectNode variant(Manifest m) {
    ObjectNode out = JSON.objectNode();
    out.set("explainer", explainer(m.explainer()));
    out.set("frame", frame(m.frame()));
    out.set("input", input(m.input()));
    out.set("quantisation", quantisation(m.quantisation()));
    out.set("thresholds", thresholds(m.thresholds()));
    return out;
  }

  static ObjectNode explainer(Manifest.Explainer explainer) {
    ObjectNode out = JSON.objectNode().put("id", explainer.id());
    out.set("parameters", textMap(explainer.parameters()));
    explainer.probe().ifPresent(probe -> out.set("probe", probe(probe)));
    return out;
  }

  private static ObjectNode probe(Manifest.Probe probe) {
    ObjectNode out =
        JSON.objectNode()
            .put("gridHeight", probe.gridHeight())
            .put("gridWidth", probe.gridWidth())
            .put("share", probe.share());
    out.set("fill", floats(probe.fill()));
    return out;
  }

  static String text(Link link) {
    return link.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode input(Manifest.Input input) {
    ObjectNode out =
        JSON.objectNode()
            .put("name", input.name())
            .put("channels", input.channels())
            .put("height", input.height())
            .put("width", input.width())
            .put("layout", input.layout());
    out.set("mean", floats(input.mean()));
    out.set("std", floats(input.std()));
    return out;
  }

  private static ObjectNode quantisation(Manifest.Quantisation q) {
    return JSON.objectNode()
        .put("scaleExponent", q.scaleExponent())
        .put("floor", q.floor())
        .put("subtractMin", q.subtractMin());
  }

  private static ObjectNode frame(FrameSpec f) {
    ObjectNode out = JSON.objectNode();
    out.set("modalities", texts(sorted(f.modalities())));
    out.set("views", texts(sorted(f.views())));
    out.put("lateral", f.lateral())
        .put("canonicalSide", f.canonicalSide())
        .put("canonicalInput", f.canonicalInput())
        .put("template", f.template())
        .put("minCorrelation", f.minCorrelation())
        .put("aspect", f.aspect());
    FieldOfView field = f.fieldOfView();
    if (field == null) {
      out.putNull("fieldOfView");
    } else {
      out.set("fieldOfView", fieldOfView(field));
    }
    return out;
  }

  private static ObjectNode fieldOfView(FieldOfView field) {
    return JSON.objectNode()
        .put("centreX", field.centreX())
        .put("centreY", field.centreY())
        .put("diameter", field.diameter())
        .put("tolerance", field.tolerance());
  }

  private static ObjectNode tolerances(Manifest.Tolerances tolerances) {
    ObjectNode out = JSON.objectNode();
    out.put("residual", tolerances.residual()).put("parity", tolerances.parity());
    if (!tolerances.rounded().isEmpty()) {
      ObjectNode rounded = out.putObject("rounded");
      new TreeMap<>(tolerances.rounded()).forEach(rounded::put);
    }
    return out;
  }

  private static ObjectNode thresholds(Map<String, Double> thresholds) {
    ObjectNode out = JSON.objectNode();
    new TreeMap<>(thresholds).forEach(out::put);
    return out;
  }

  private static ObjectNode textMap(Map<String, String> map) {
    ObjectNode out = JSON.objectNode();
    new TreeMap<>(map).forEach(out::put);
    return out;
  }

  private static List<String> sorted(Set<String> names) {
    return List.copyOf(new TreeSet<>(names));
  }

  private static ArrayNode texts(List<String> values) {
    ArrayNode out = JSON.arrayNode();
    values.forEach(out::add);
    return out;
  }

  private static ArrayNode floats(List<Float> values) {
    ArrayNode out = JSON.arrayNode();
    values.forEach(out::add);
    return out;
  }
}

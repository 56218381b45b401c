package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.explainer.LabelGrids;
import fovea.core.explanation.CellGrid;
import fovea.core.map.ImageExplanation;
import fovea.core.map.LabelEvidence;
import fovea.core.map.ListedImage;

/** Explanations of images as JSON. */
final class ImageJson {
  /** What the map without a label is. */
  static final String OVERALL =
      "AdaCAM, Fovea's reading: the labels' maps weighted by the softmax of their means";

  private ImageJson() {}

  /** An entry of a list: what the models said, without the maps. */
  static ObjectNode listed(ListedImage image) {
    ImageExplanation first = image.explanations().getFirst();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("imageId", first.image().imageId());
    out.put("site", first.site());
    out.put("acquiredAt", first.acquiredAt().toString());
    ArrayNode explanations = out.putArray("explanations");
    for (ImageExplanation one : image.explanations()) {
      ObjectNode outline = outline(one);
      PartsJson.add(outline, one, false);
      explanations.add(outline);
    }
    return out;
  }

  /** Everything of one explanation. */
  static ObjectNode full(ImageExplanation one) {
    ObjectNode out = outline(one);
    out.put("imageId", one.image().imageId());
    out.put("subjectId", one.image().subjectId());
    out.put("site", one.site());
    out.put("acquiredAt", one.acquiredAt().toString());
    ArrayNode labels = out.putArray("labels");
    one.labels().forEach(label -> labels.add(label(label)));
    one.overall().ifPresent(map -> out.set("overall", overall(map)));
    PartsJson.add(out, one, true);
    return out;
  }

  private static ObjectNode overall(LabelGrids map) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("explainer", "adacam-fovea");
    out.put("says", OVERALL);
    out.put("unit", "logit");
    out.putObject("grid").put("height", map.height()).put("width", map.width());
    ArrayNode values = out.putArray("values");
    for (float cell : map.grid(0)) {
      values.add(cell);
    }
    return out;
  }

  private static ObjectNode outline(ImageExplanation one) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("model", one.model().id());
    out.put("version", one.model().version());
    out.put("variant", one.model().variant());
    out.put("engine", one.engine());
    out.put("frame", one.frame());
    out.put("alignment", one.alignment());
    out.put("recordedAt", one.recordedAt().toString());
    out.put("mapped", one.mapped());
    ObjectNode probabilities = out.putObject("probabilities");
    ArrayNode decided = out.putArray("decided");
    for (LabelEvidence label : one.labels()) {
      probabilities.put(label.label(), label.probability());
      if (label.decision()) {
        decided.add(label.label());
      }
    }
    return out;
  }

  private static ObjectNode label(LabelEvidence label) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("label", label.label());
    out.put("logit", label.logit());
    out.put("probability", label.probability());
    out.put("threshold", label.threshold());
    out.put("decision", label.decision());
    label.evidence().ifPresent(grid -> out.set("evidence", evidence(grid)));
    return out;
  }

  private static ObjectNode evidence(CellGrid grid) {
    return grid(grid).put("unit", "logit");
  }

  /** A map's shape and values. */
  static ObjectNode grid(CellGrid grid) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.putObject("grid").put("height", grid.height()).put("width", grid.width());
    ArrayNode values = out.putArray("values");
    for (short cell : grid.cells()) {
      values.add(Math.scalb((double) cell, grid.scaleExponent()));
    }
    return out;
  }
}

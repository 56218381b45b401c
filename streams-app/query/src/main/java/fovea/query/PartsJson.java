package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.explanation.CellGrid;
import fovea.core.map.ImageExplanation;
import fovea.core.parts.LesionShare;
import fovea.core.parts.LesionSum;
import fovea.core.parts.PrototypeShare;
import fovea.core.parts.PrototypeSum;

/** What predictions are made of as JSON; every number in logit units where none is said. */
final class PartsJson {
  private final int gridWidth;
  private final boolean maps;

  private PartsJson(int gridWidth, boolean maps) {
    this.gridWidth = gridWidth;
    this.maps = maps;
  }

  /**
   * Adds what the record has; nothing where it has nothing.
   *
   * @param maps whether lesions come with their maps
   */
  static void add(ObjectNode out, ImageExplanation one, boolean maps) {
    if (one.parts().isEmpty()) {
      return;
    }
    PartsJson json = new PartsJson(gridWidth(one), maps);
    if (!one.parts().prototypes().isEmpty()) {
      ArrayNode sums = out.putArray("prototypes");
      one.parts().prototypes().forEach(sum -> sums.add(json.prototypes(sum)));
    }
    one.parts().lesions().ifPresent(sum -> out.set("lesions", json.lesions(sum)));
    one.parts()
        .projection()
        .ifPresent(at -> out.putObject("projection").put("u", at.u()).put("v", at.v()));
  }

  /** The frame's name ends in rows x columns. */
  private static int gridWidth(ImageExplanation one) {
    return Integer.parseInt(one.frame().substring(one.frame().lastIndexOf('x') + 1));
  }

  private ObjectNode prototypes(PrototypeSum sum) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("label", sum.label());
    out.put("logit", sum.logit());
    ArrayNode named = out.putArray("named");
    sum.named().forEach(one -> named.add(prototype(one)));
    out.put("others", sum.others());
    out.put("offset", sum.offset());
    return out;
  }

  private ObjectNode prototype(PrototypeShare one) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("prototype", one.prototype());
    one.name().ifPresent(name -> out.put("name", name));
    out.put("similarity", one.similarity());
    out.put("contribution", one.contribution());
    out.set("cell", cell(one.cell()));
    return out;
  }

  private ObjectNode lesions(LesionSum sum) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("diagnosis", sum.label());
    out.put("path", sum.path());
    out.put("bias", sum.bias());
    ArrayNode named = out.putArray("named");
    sum.lesions().forEach(one -> named.add(lesion(one)));
    return out;
  }

  private ObjectNode lesion(LesionShare one) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("lesion", one.lesion());
    out.put("probability", one.probability());
    out.put("contribution", one.contribution());
    out.set("cell", cell(one.cell()));
    if (maps) {
      one.map().ifPresent(map -> out.set("map", map(map)));
    }
    return out;
  }

  private static ObjectNode map(CellGrid grid) {
    return ImageJson.grid(grid).put("unit", "logit of the lesion in a cell");
  }

  private ObjectNode cell(int cell) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("row", cell / gridWidth)
        .put("column", cell % gridWidth);
  }
}

package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.Quantity;
import fovea.core.map.GlobalMap;
import fovea.core.map.Tally;
import fovea.core.moments.MomentsSnapshot;
import java.util.HexFormat;

/** A map as JSON. */
final class MapJson {
  private MapJson() {}

  static ObjectNode of(GlobalMap map) {
    MomentsSnapshot moments = map.moments();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("n", moments.n()).put("empty", moments.empty()).put("clipped", moments.clipped());
    out.put("fingerprint", HexFormat.of().toHexDigits(moments.fingerprint()));
    out.putObject("grid").put("height", moments.gridHeight()).put("width", moments.gridWidth());
    out.put("unit", unit(map.measure().quantity()));
    array(out.putArray("mean"), moments.mean());
    array(out.putArray("variance"), moments.variance());
    array(out.putArray("exceedance"), moments.exceedance());
    out.set("key", key(map));
    map.frames().forEach(out.putArray("frames")::add);
    ArrayNode sites = out.putArray("sites");
    map.sites().forEach((site, n) -> sites.addObject().put("site", site).put("n", n));
    ArrayNode days = out.putArray("days");
    map.days().forEach((day, n) -> days.addObject().put("day", day.toString()).put("n", n));
    out.put("asOf", map.asOf().toString());
    out.set("counters", tally(map.tally()));
    return out;
  }

  static ObjectNode tally(Tally tally) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("scored", tally.scored()).put("aggregated", tally.aggregated());
    ObjectNode rejected = out.putObject("rejected");
    tally.rejected().forEach(rejected::put);
    return out;
  }

  /** What the numbers of a map are. */
  static String unit(Quantity quantity) {
    return switch (quantity) {
      case ATTENTION_MAX1 -> "mean attention; 1 = the strongest place of every image";
      case ATTENTION_MASS1 -> "mean share of an image's attention";
      case EVIDENCE -> "mean evidence, in logit units";
      case EVIDENCE_POSITIVE -> "mean positive evidence, in logit units";
      case COUNTERS -> "images";
    };
  }

  private static ObjectNode key(GlobalMap map) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", map.model().id())
        .put("version", map.model().version())
        .put("variant", map.model().variant())
        .put("frame", map.frame())
        .put("quantity", map.measure().quantity().name())
        .put("label", map.measure().label())
        .put("basis", map.measure().basis().name())
        .put("from", map.days().firstKey().toString())
        .put("to", map.days().lastKey().toString());
  }

  private static void array(ArrayNode into, double[] values) {
    for (double value : values) {
      into.add(value);
    }
  }
}

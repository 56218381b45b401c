package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.composition.MeanMap;
import fovea.core.map.Tally;
import fovea.core.moments.FoldsSnapshot;
import java.util.HexFormat;
import java.util.Locale;

/** A map as JSON. */
final class MapJson {
  private MapJson() {}

  static ObjectNode of(ComposedMap map) {
    MeanMap mean = map.mean();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("n", mean.n()).put("empty", map.extra().empty()).put("clipped", map.extra().clipped());
    out.put("fingerprint", HexFormat.of().toHexDigits(mean.fingerprint()));
    out.putObject("grid").put("height", mean.height()).put("width", mean.width());
    out.put("unit", MapWords.unit(map.wanted().quantity()));
    array(out.putArray("mean"), mean.mean());
    map.sums().ifPresent(sums -> array(out.putArray("variance"), sums.variance()));
    map.sums().ifPresent(sums -> array(out.putArray("exceedance"), sums.exceedance()));
    out.put("exact", map.sums().isPresent());
    map.extra().folds().ifPresent(folds -> confidence(out, folds));
    out.set("key", key(map));
    map.labels().forEach(out.putArray("labels")::add);
    map.missing().forEach(out.putArray("missingLabels")::add);
    map.frames().forEach(out.putArray("frames")::add);
    ArrayNode sites = out.putArray("sites");
    map.sites().forEach((site, n) -> sites.addObject().put("site", site).put("n", n));
    ArrayNode days = out.putArray("days");
    map.days().forEach((day, n) -> days.addObject().put("day", day.toString()).put("n", n));
    out.put("asOf", map.asOf().toString());
    out.set("counters", tally(map.extra().tally()));
    map.extra()
        .outcomes()
        .ifPresent(one -> out.putObject("outcomes").put("known", one.known()).put("of", one.of()));
    return out;
  }

  /** What folds say; a number that they are too few for is left out. */
  private static void confidence(ObjectNode out, FoldsSnapshot folds) {
    out.put("folds", Layer.held(folds));
    standardError(out, folds.standardError());
    double splitHalf = folds.splitHalf();
    if (!Double.isNaN(splitHalf)) {
      out.put("splitHalf", splitHalf);
    }
  }

  static void standardError(ObjectNode out, double[] values) {
    if (!Double.isNaN(values[0])) {
      array(out.putArray("standardError"), values);
    }
  }

  /** Adds how far the read model of maps is: {@code lag} committed records are not in it yet. */
  static ObjectNode standing(ObjectNode out, ReadModels models) {
    return out.put("lag", models.mapStanding().lag());
  }

  static ObjectNode tally(Tally tally) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("scored", tally.scored()).put("aggregated", tally.aggregated());
    out.put("withoutMap", tally.withoutMap());
    tally.coverage().ifPresent(share -> out.put("coverage", share));
    ObjectNode rejected = out.putObject("rejected");
    tally.rejected().forEach(rejected::put);
    return out;
  }

  private static ObjectNode key(ComposedMap map) {
    Wanted wanted = map.wanted();
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", map.model().id())
        .put("version", map.model().version())
        .put("variant", map.model().variant())
        .put("frame", map.frame())
        .put("quantity", wanted.quantity().name())
        .put("label", map.label())
        .put("overLabels", wanted.overLabels().name().toLowerCase(Locale.ROOT))
        .put("basis", wanted.population().name())
        .put("overSites", wanted.overSites().name().toLowerCase(Locale.ROOT))
        .put("from", map.days().firstKey().toString())
        .put("to", map.days().lastKey().toString());
  }

  static void array(ArrayNode into, double[] values) {
    for (double value : values) {
      into.add(value);
    }
  }
}

package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualityTally;
import fovea.core.quality.ZoneConsistency;
import fovea.query.read.Peaks;
import fovea.query.read.QualityReport;

/** What is measured of explanations, as JSON: each number with its n, and what is not measured. */
final class QualityJson {
  private static final String ZONE_CONSISTENCY = "ZONE_CONSISTENCY";

  private QualityJson() {}

  static ObjectNode of(QualityReport report) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.set("key", key(report));
    out.put("n", report.images());
    ArrayNode measures = out.putArray("measures");
    ArrayNode not = out.putArray("notMeasured");
    for (QualityMeasure measure : QualityMeasure.values()) {
      QualityTally tally = report.tallies().get(measure);
      if (tally == null) {
        not.add(measure.name());
      } else {
        measures.add(measure(measure, tally));
      }
    }
    if (report.peaks().images() == 0) {
      not.add(ZONE_CONSISTENCY);
    } else {
      out.set("zoneConsistency", peaks(report.peaks()));
    }
    ArrayNode sites = out.putArray("sites");
    report.sites().forEach((site, n) -> sites.addObject().put("site", site).put("n", n));
    return out.put("asOf", report.asOf().toString());
  }

  /** Of no defined value there is neither mean nor deviation. */
  private static ObjectNode measure(QualityMeasure measure, QualityTally tally) {
    ObjectNode out =
        JsonNodeFactory.instance
            .objectNode()
            .put("measure", measure.name())
            .put("n", tally.n())
            .put("undefined", tally.undefined())
            .put("clipped", tally.clipped());
    if (tally.n() > 0) {
      out.put("mean", tally.mean()).put("standardDeviation", Math.sqrt(tally.variance()));
    }
    return out;
  }

  /** Of a label with at least one peak; its model then has a label, too. */
  private static ObjectNode peaks(Peaks peaks) {
    double share = peaks.greatestShare().orElseThrow();
    ObjectNode out =
        JsonNodeFactory.instance
            .objectNode()
            .put("n", peaks.images())
            .put("zone", peaks.zones().firstEntry().getKey())
            .put("share", share)
            .put("threshold", ZoneConsistency.THRESHOLD)
            .put("consistent", share >= ZoneConsistency.THRESHOLD);
    ArrayNode zones = out.putArray("zones");
    peaks.zones().forEach((zone, n) -> zones.addObject().put("zone", zone).put("n", n));
    out.putObject("model")
        .put("labels", peaks.labels())
        .put("consistent", peaks.consistent())
        .put("share", (double) peaks.consistent() / peaks.labels());
    return out;
  }

  private static ObjectNode key(QualityReport report) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model", report.model().id())
        .put("version", report.model().version())
        .put("variant", report.model().variant())
        .put("frame", report.frame())
        .put("label", report.measure().label())
        .put("basis", report.measure().basis().name())
        .put("from", report.days().firstKey().toString())
        .put("to", report.days().lastKey().toString());
  }
}

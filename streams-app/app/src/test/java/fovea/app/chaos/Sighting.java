package fovea.app.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.MomentsSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All that the API tells of a map, by number: doubles are exact, as JSON writes them so. */
record Sighting(
    long n,
    long fingerprint,
    List<Double> mean,
    List<Double> variance,
    List<Double> exceedance,
    List<Double> standardError,
    Optional<Double> splitHalf) {

  static Sighting of(JsonNode map) {
    return new Sighting(
        map.at("/n").asLong(),
        Long.parseUnsignedLong(map.at("/fingerprint").asText(), 16),
        list(map.at("/mean")),
        list(map.at("/variance")),
        list(map.at("/exceedance")),
        list(map.at("/standardError")),
        Optional.of(map.at("/splitHalf")).filter(JsonNode::isNumber).map(JsonNode::asDouble));
  }

  /** Of folds that are missing, nothing is told. */
  static Sighting of(MomentsSnapshot moments, Optional<FoldsSnapshot> folds) {
    return new Sighting(
        moments.n(),
        moments.fingerprint(),
        list(moments.mean()),
        list(moments.variance()),
        list(moments.exceedance()),
        folds.map(known -> list(known.standardError())).orElse(List.of()),
        folds.map(FoldsSnapshot::splitHalf).filter(known -> !Double.isNaN(known)));
  }

  static Sighting of(Whole whole) {
    return of(whole.moments().snapshot(), Optional.of(whole.folds().snapshot()));
  }

  /** How many images have each cell at ½ or above. */
  List<Long> counts() {
    return exceedance.stream().map(share -> Math.round(share * n)).toList();
  }

  private static List<Double> list(double[] values) {
    return values.length > 0 && Double.isNaN(values[0])
        ? List.of()
        : Arrays.stream(values).boxed().toList();
  }

  private static List<Double> list(JsonNode values) {
    List<Double> out = new ArrayList<>();
    values.forEach(value -> out.add(value.asDouble()));
    return out;
  }
}

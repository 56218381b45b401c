package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.evaluation.Interval;
import fovea.core.map.KeyCount;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import fovea.core.map.Share;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the model says: the share of the images in the maps for which it decided for each label, by
 * site and by day. A label that it finds at one site nearly always and at another nearly never is
 * seen here before any outcome is known.
 */
final class PredictionEndpoints {
  private static final List<String> NAMES =
      List.of("model", "version", "variant", "frame", "site", "pane", "from", "to");

  private final ReadModels models;

  PredictionEndpoints(ReadModels models) {
    this.models = models;
  }

  List<Route> routes() {
    return List.of(new Route("/api/v1/predictions", NAMES, true, this::predictions));
  }

  private Reply predictions(Ask ask) {
    List<KeyCount> keys = keys(ask);
    if (keys.isEmpty()) {
      throw Problem.notFound("no image with these choices is in the maps yet");
    }
    ObjectNode out =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", one("model", keys, key -> key.model().id()))
            .put("version", one("version", keys, key -> key.model().version()))
            .put("variant", one("variant", keys, key -> key.model().variant()))
            .put("frame", one("frame", keys, AggregateKey::frame));
    write(out.putArray("sites"), "site", shares(keys, AggregateKey::site));
    write(out.putArray("days"), "day", shares(keys, key -> key.pane().toString()));
    Instant asOf = keys.stream().map(KeyCount::asOf).max(Instant::compareTo).orElseThrow();
    return Reply.json(MapJson.standing(out.put("asOf", asOf.toString()), models));
  }

  private List<KeyCount> keys(Ask ask) {
    ModelChoice choice = MapParameters.model(ask);
    Optional<String> frame = ask.text("frame");
    Set<String> sites = ask.many("site");
    Period period = MapParameters.period(ask);
    return models
        .maps()
        .keys()
        .filter(one -> one.key().quantity() == Quantity.ATTENTION_MAX1)
        .filter(one -> one.key().basis() == Basis.ALL || one.key().basis() == Basis.PREDICTED)
        .filter(one -> is(choice.id(), one.key().model().id()))
        .filter(one -> is(choice.version(), one.key().model().version()))
        .filter(one -> is(choice.variant(), one.key().model().variant()))
        .filter(one -> is(frame, one.key().frame()))
        .filter(one -> sites.isEmpty() || sites.contains(one.key().site()))
        .filter(one -> period.contains(one.key().pane()))
        .toList();
  }

  private static boolean is(Optional<String> wanted, String value) {
    return wanted.map(value::equals).orElse(true);
  }

  /** Nothing of a key is ever mixed. */
  private static String one(
      String parameter, List<KeyCount> keys, Function<AggregateKey, String> part) {
    List<String> there =
        keys.stream().map(key -> part.apply(key.key())).distinct().sorted().toList();
    if (there.size() > 1) {
      throw Problem.ambiguous(parameter, there);
    }
    return there.getFirst();
  }

  /** By place or day, then by label. */
  private static SortedMap<String, SortedMap<String, Share>> shares(
      List<KeyCount> keys, Function<AggregateKey, String> by) {
    SortedMap<String, SortedMap<String, Long>> all = counts(keys, Basis.ALL, by);
    SortedMap<String, SortedMap<String, Long>> found = counts(keys, Basis.PREDICTED, by);
    SortedMap<String, SortedMap<String, Share>> out = new TreeMap<>();
    all.forEach(
        (where, labels) ->
            labels.forEach(
                (label, n) -> {
                  long part = found.getOrDefault(where, new TreeMap<>()).getOrDefault(label, 0L);
                  // Two keys may be of neighbouring moments.
                  Share share = new Share(Math.min(part, n), n);
                  out.computeIfAbsent(where, w -> new TreeMap<>()).put(label, share);
                }));
    return out;
  }

  private static SortedMap<String, SortedMap<String, Long>> counts(
      List<KeyCount> keys, Basis basis, Function<AggregateKey, String> by) {
    SortedMap<String, SortedMap<String, Long>> out = new TreeMap<>();
    for (KeyCount key : keys) {
      if (key.key().basis() == basis) {
        out.computeIfAbsent(by.apply(key.key()), w -> new TreeMap<>())
            .merge(key.key().label(), key.n(), Long::sum);
      }
    }
    return out;
  }

  private static void write(
      ArrayNode into, String name, Map<String, SortedMap<String, Share>> shares) {
    shares.forEach(
        (where, labels) -> {
          ArrayNode each = into.addObject().put(name, where).putArray("labels");
          labels.forEach((label, share) -> write(each.addObject().put("label", label), share));
        });
  }

  private static void write(ObjectNode into, Share share) {
    Interval interval = share.interval();
    into.put("predicted", share.part())
        .put("n", share.of())
        .put("share", interval.value())
        .put("low", interval.low())
        .put("high", interval.high());
  }
}

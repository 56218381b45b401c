package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.AggregateKey;
import fovea.core.map.KeyCount;
import fovea.core.map.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which aggregates there are. */
final class KeyEndpoints {
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1000;
  private static final List<String> NAMES =
      List.of(
          "model",
          "version",
          "variant",
          "frame",
          "label",
          "site",
          "basis",
          "quantity",
          "pane",
          "from",
          "to",
          "limit",
          "after");
  private final ReadModels models;

  KeyEndpoints(ReadModels models) {
    this.models = models;
  }

  List<Route> routes() {
    return List.of(new Route("/api/v1/global-explanations", NAMES, true, this::keys));
  }

  private Reply keys(Ask ask) {
    Period period = MapParameters.period(ask);
    int limit = ask.integer("limit", PAGE, 1, MAX_PAGE);
    String after = ask.text("after").orElse("");
    List<Named> found =
        models
            .maps()
            .keys()
            .filter(one -> wanted(ask, one.key()) && period.contains(one.key().pane()))
            .map(one -> new Named(one.key().text(), one))
            .filter(one -> one.text.compareTo(after) > 0)
            .sorted(Comparator.comparing(Named::text))
            .limit(limit + 1L)
            .toList();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode keys = out.putArray("keys");
    found.stream().limit(limit).forEach(one -> keys.add(one.json()));
    if (found.size() > limit) {
      out.put("next", found.get(limit - 1).text);
    }
    return Reply.json(out);
  }

  private static boolean wanted(Ask ask, AggregateKey key) {
    Set<String> sites = ask.many("site");
    return is(ask, "model", key.model().id())
        && is(ask, "version", key.model().version())
        && is(ask, "variant", key.model().variant())
        && is(ask, "frame", key.frame())
        && is(ask, "label", key.label())
        && is(ask, "basis", key.basis().name())
        && is(ask, "quantity", key.quantity().name())
        && (sites.isEmpty() || sites.contains(key.site()));
  }

  private static boolean is(Ask ask, String name, String value) {
    return ask.text(name).map(value::equals).orElse(true);
  }

  private record Named(String text, KeyCount count) {
    ObjectNode json() {
      AggregateKey key = count.key();
      return JsonNodeFactory.instance
          .objectNode()
          .put("key", text)
          .put("model", key.model().id())
          .put("version", key.model().version())
          .put("variant", key.model().variant())
          .put("frame", key.frame())
          .put("quantity", key.quantity().name())
          .put("label", key.label())
          .put("basis", key.basis().name())
          .put("site", key.site())
          .put("day", key.pane().toString())
          .put("n", count.n())
          .put("asOf", count.asOf().toString());
    }
  }
}

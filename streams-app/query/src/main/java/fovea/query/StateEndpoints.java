package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.AggregateKey;
import fovea.query.read.DeadLetters.Letter;
import fovea.query.read.Standing;
import fovea.query.read.TallyTable;
import java.util.List;
import java.util.function.Predicate;

/** Models, counters, and where everything is. */
final class StateEndpoints {
  private final ReadModels models;
  private final SystemFacts facts;
  private final ModelJson modelJson = new ModelJson();

  StateEndpoints(ReadModels models, SystemFacts facts) {
    this.models = models;
    this.facts = facts;
  }

  List<Route> routes() {
    return List.of(
        new Route("/api/v1/models", List.of(), true, ask -> Reply.json(modelJson.list(models))),
        new Route(
            "/api/v1/counters",
            List.of("model", "version", "site", "pane", "from", "to"),
            true,
            this::counters),
        new Route("/api/v1/system", List.of(), false, this::system));
  }

  private Reply counters(Ask ask) {
    Predicate<AggregateKey> within = TallyTable.within(ask.many("site"), MapParameters.period(ask));
    Predicate<AggregateKey> ofModel =
        key ->
            ask.text("model").map(key.model().id()::equals).orElse(true)
                && ask.text("version").map(key.model().version()::equals).orElse(true);
    ObjectNode out = MapJson.tally(models.tallies().sum(within.and(ofModel)));
    out.put("imagesPerSecond", models.imagesPerSecond());
    out.put("imagesHeld", models.ring().size());
    models.tallies().sites().forEach(out.putArray("sites")::add);
    out.set("deadLetters", deadLetters());
    out.put("current", models.trouble().isEmpty());
    models.trouble().ifPresent(reason -> out.put("trouble", reason));
    ArrayNode standings = out.putArray("readModels");
    models.standings().forEach(one -> standings.add(standing(one)));
    return Reply.json(out);
  }

  private ObjectNode deadLetters() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    var byReason = models.deadLetters().byReason();
    out.put("total", byReason.values().stream().mapToLong(Long::longValue).sum());
    ObjectNode reasons = out.putObject("byReason");
    byReason.forEach(reasons::put);
    ArrayNode newest = out.putArray("newest");
    models.deadLetters().newest().stream().limit(10).forEach(one -> newest.add(letter(one)));
    return out;
  }

  private static ObjectNode letter(Letter letter) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("reason", letter.reason())
        .put("message", letter.message())
        .put("stage", letter.stage())
        .put("topic", letter.topic())
        .put("partition", letter.partition())
        .put("offset", letter.offset())
        .put("at", letter.at().toString());
  }

  private static ObjectNode standing(Standing one) {
    ObjectNode out =
        JsonNodeFactory.instance
            .objectNode()
            .put("topic", one.topic())
            .put("caughtUp", one.caughtUp())
            .put("lag", one.lag())
            .put("badRecords", one.badRecords());
    one.asOf().ifPresent(at -> out.put("asOf", at.toString()));
    one.trouble().ifPresent(reason -> out.put("trouble", reason));
    return out;
  }

  private Reply system(Ask ask) {
    return Reply.json(
        JsonNodeFactory.instance
            .objectNode()
            .put("version", facts.version())
            .put("topicPrefix", facts.topicPrefix())
            .put("bootstrapServers", facts.bootstrapServers())
            .put("schemaRegistry", facts.schemaRegistry()));
  }
}

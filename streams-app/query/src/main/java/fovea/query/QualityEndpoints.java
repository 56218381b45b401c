package fovea.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.map.MapQuery;
import fovea.core.map.Measure;
import fovea.query.read.QualityAnswer;
import java.util.List;

/** How good the explanations are. */
final class QualityEndpoints {
  private static final List<String> NAMES =
      List.of(
          "model", "version", "variant", "frame", "label", "basis", "site", "pane", "from", "to");
  private final ReadModels models;

  QualityEndpoints(ReadModels models) {
    this.models = models;
  }

  List<Route> routes() {
    return List.of(new Route("/api/v1/quality", NAMES, true, this::quality));
  }

  private Reply quality(Ask ask) {
    MapQuery query = query(ask);
    return switch (models.quality().answer(query)) {
      case QualityAnswer.Here here -> reply(QualityJson.of(here.report()));
      case QualityAnswer.Absent absent -> throw absent(query);
      case QualityAnswer.Ambiguous open ->
          throw Problem.ambiguous(open.parameter(), open.choices());
    };
  }

  private Reply reply(ObjectNode tree) {
    return Reply.json(MapJson.standing(tree, models));
  }

  private static MapQuery query(Ask ask) {
    String label = ask.text("label").orElseThrow(() -> Problem.parameter("label", "must be given"));
    Basis basis = Basis.valueOf(ask.word("basis", "ALL", "PREDICTED"));
    return new MapQuery(
        MapParameters.model(ask),
        ask.text("frame"),
        new Measure(Quantity.QUALITY, label, basis),
        ask.many("site"),
        MapParameters.period(ask));
  }

  private static Problem absent(MapQuery query) {
    return Problem.notFound(
        "nothing is measured yet of explanations of '%s' over %s images"
            .formatted(query.measure().label(), query.measure().basis()));
  }
}

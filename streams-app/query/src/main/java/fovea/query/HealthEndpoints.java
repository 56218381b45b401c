package fovea.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.query.HealthCheck.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the system is up, alive, and may be asked. */
final class HealthEndpoints {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private final List<HealthCheck> checks;

  HealthEndpoints(ReadModels models, List<HealthCheck> checks) {
    HealthCheck own = new HealthCheck("read-models", Stage.READY, models::trouble);
    this.checks = Stream.concat(Stream.of(own), checks.stream()).toList();
  }

  List<Route> routes() {
    return Stream.of(Stage.values()).map(this::route).toList();
  }

  private Route route(Stage stage) {
    String path = "/health/" + stage.name().toLowerCase(Locale.ROOT);
    return new Route(path, List.of(), false, ask -> answer(stage));
  }

  private Reply answer(Stage stage) {
    ObjectNode out = JsonNodeFactory.instance.objectNode().put("status", "UP");
    ArrayNode list = out.putArray("checks");
    int status = OK;
    for (HealthCheck check : checks) {
      if (check.stage() == stage) {
        Optional<String> problem = check.problem().get();
        ObjectNode entry = list.addObject().put("name", check.name());
        entry.put("status", problem.isEmpty() ? "UP" : "DOWN");
        problem.ifPresent(reason -> entry.put("reason", reason));
        check.detail().get().ifPresent(detail -> entry.put("detail", detail));
        status = problem.isEmpty() ? status : UNAVAILABLE;
      }
    }
    out.put("status", status == OK ? "UP" : "DOWN");
    return Reply.json(status, out);
  }
}

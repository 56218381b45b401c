package fovea.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a path and answers; every failure is a problem+json. */
final class Router {
  private static final int NOT_MODIFIED = 304;
  private static final int NOT_ALLOWED = 405;
  private final ReadModels models;
  private final List<Route> routes;

  Router(ReadModels models, List<Route> routes) {
    this.models = models;
    this.routes = List.copyOf(routes);
  }

  List<Route> routes() {
    return routes;
  }

  /** Answers one request; {@code ifNoneMatch} is empty where there is none. */
  Reply answer(String method, String rawPath, String rawQuery, String ifNoneMatch) {
    try {
      return conditional(answer(method, rawPath, rawQuery), ifNoneMatch);
    } catch (Problem problem) {
      return problem.reply();
    }
  }

  private Reply answer(String method, String rawPath, String rawQuery) {
    for (Route route : routes) {
      Optional<Map<String, String>> variables = route.match(rawPath);
      if (variables.isPresent()) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
          return new Problem(NOT_ALLOWED, "Method not allowed", "only GET and HEAD are allowed")
              .reply()
              .with("Allow", "GET, HEAD");
        }
        if (route.needsData() && !models.caughtUp()) {
          throw Problem.notReady(models.trouble().orElse("still reading"));
        }
        return route.endpoint().answer(new Ask(variables.get(), rawQuery).only(route.parameters()));
      }
    }
    throw Problem.notFound("there is nothing at this path; see /api/v1/openapi.json");
  }

  private static Reply conditional(Reply reply, String ifNoneMatch) {
    if (reply.status() != 200) {
      return reply;
    }
    String etag = Etags.of(reply.body());
    if (Etags.matches(ifNoneMatch, etag)) {
      return new Reply(
          NOT_MODIFIED, Map.of("ETag", etag, "Cache-Control", "no-cache"), new byte[0]);
    }
    return reply.with("ETag", etag);
  }
}

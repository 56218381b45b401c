package fovea.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** A request that gets no result, told as RFC 9457 problem+json. */
final class Problem extends RuntimeException {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;
  private static final int SHOWN = 80;

  private final int status;
  private final transient ObjectNode body;

  Problem(int status, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
  }

  /** A parameter that is not what it must be. */
  static Problem parameter(String name, String rule) {
    Problem problem = new Problem(BAD_REQUEST, "Bad parameter", name + " " + rule);
    problem.body.put("parameter", name);
    return problem;
  }

  /** A parameter that must be one of some. */
  static Problem notOneOf(String name, String given, Collection<String> allowed) {
    Problem problem =
        parameter(name, "must be one of %s, not '%s'".formatted(allowed, shortened(given)));
    allowed.forEach(problem.body.putArray("allowed")::add);
    return problem;
  }

  static Problem notFound(String detail) {
    return new Problem(NOT_FOUND, "Not found", detail);
  }

  /** More than one is meant. */
  static Problem ambiguous(String parameter, Collection<String> choices) {
    Problem problem =
        new Problem(CONFLICT, "Ambiguous", "say which %s: one of %s".formatted(parameter, choices));
    problem.body.put("parameter", parameter);
    choices.forEach(problem.body.putArray("choices")::add);
    return problem;
  }

  /** Not yet: the caller may come again. */
  static Problem notReady(String reason) {
    return new Problem(UNAVAILABLE, "Not ready", reason);
  }

  Reply reply() {
    Reply reply = Reply.of(status, Reply.PROBLEM, body.toString().getBytes(StandardCharsets.UTF_8));
    return status == UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}

package fovea.embedded;

import static fovea.embedded.SchemaState.EVERY;

import fovea.wire.Compatibility;
import fovea.wire.RegistryException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The paths of Confluent's schema registry over a book of schemas. */
final class RegistryRoutes {
  private final SchemaBook book;

  RegistryRoutes(SchemaBook book) {
    this.book = book;
  }

  /** What one path does. */
  private interface Route {
    void take(RegistryExchange exchange) throws IOException;
  }

  void addTo(HttpRouting.Builder routing) {
    routing.get("/", route(exchange -> exchange.answer(Map.of())));
    addSubjects(routing);
    addSchemas(routing);
    addLevels(routing);
    addModes(routing);
    routing.any(
        route(
            exchange -> {
              throw RegistryErrors.unknownPath(exchange.request().path().path());
            }));
  }

  private void addSubjects(HttpRouting.Builder routing) {
    String subject = "/subjects/{subject}";
    String version = subject + "/versions/{version}";
    routing
        .get("/subjects", route(exchange -> exchange.answer(book.subjects())))
        .post(subject, route(this::lookup))
        .delete(subject, route(this::deleteSubject))
        .get(subject + "/versions", route(this::versions))
        .post(subject + "/versions", route(this::register))
        .get(version, route(exchange -> exchange.answer(described(version(exchange)))))
        .get(
            version + "/schema",
            route(exchange -> exchange.answerSchema(version(exchange).schema())))
        .delete(version, route(this::deleteVersion));
  }

  private void addSchemas(HttpRouting.Builder routing) {
    String id = "/schemas/ids/{id}";
    routing
        .get("/schemas/types", route(exchange -> exchange.answer(List.of("AVRO"))))
        .get(
            id,
            route(
                exchange ->
                    exchange.answer(Map.of("schema", book.schema(exchange.id()).toString()))))
        .get(id + "/schema", route(exchange -> exchange.answerSchema(book.schema(exchange.id()))))
        .get(id + "/subjects", route(this::subjectsOf))
        .get(id + "/versions", route(this::versionsOf));
  }

  private void addLevels(HttpRouting.Builder routing) {
    String checked = "/compatibility/subjects/{subject}/versions";
    routing
        .get("/config", route(exchange -> exchange.answer(configured(book.level()))))
        .put("/config", route(exchange -> setLevel(exchange, EVERY)))
        .delete("/config", route(this::clearGlobalLevel))
        .get("/config/{subject}", route(this::level))
        .put("/config/{subject}", route(exchange -> setLevel(exchange, exchange.subject())))
        .delete("/config/{subject}", route(this::clearLevel))
        .post(checked, route(this::checkAll))
        .post(checked + "/{version}", route(this::checkOne));
  }

  private static void addModes(HttpRouting.Builder routing) {
    Route refused =
        exchange -> {
          throw RegistryErrors.notPermitted("changing the mode");
        };
    routing
        .get("/mode", route(exchange -> exchange.answer(Map.of("mode", "READWRITE"))))
        .put("/mode", route(refused))
        .put("/mode/{subject}", route(refused))
        .get(
            "/mode/{subject}",
            route(
                exchange -> {
                  if (!exchange.asks("defaultToGlobal")) {
                    throw RegistryErrors.modeNotSet(exchange.subject());
                  }
                  exchange.answer(Map.of("mode", "READWRITE"));
                }));
  }

  private void register(RegistryExchange exchange) throws IOException {
    exchange.answer(Map.of("id", book.register(exchange.subject(), exchange.schema())));
  }

  private void lookup(RegistryExchange exchange) throws IOException {
    exchange.answer(described(book.lookup(exchange.subject(), exchange.schema())));
  }

  private void versions(RegistryExchange exchange) throws IOException {
    exchange.answer(
        book.versions(exchange.subject()).stream().map(SchemaVersion::version).toList());
  }

  private SchemaVersion version(RegistryExchange exchange) throws RegistryException {
    return book.version(exchange.subject(), exchange.version());
  }

  private void deleteSubject(RegistryExchange exchange) throws IOException {
    requireSoft(exchange);
    exchange.answer(book.deleteSubject(exchange.subject()));
  }

  private void deleteVersion(RegistryExchange exchange) throws IOException {
    requireSoft(exchange);
    exchange.answer(book.deleteVersion(exchange.subject(), exchange.version()));
  }

  private static void requireSoft(RegistryExchange exchange) throws RegistryException {
    if (exchange.asks("permanent")) {
      throw RegistryErrors.notPermitted("deleting for good");
    }
  }

  private void subjectsOf(RegistryExchange exchange) throws IOException {
    exchange.answer(
        book.versionsOf(exchange.id()).stream().map(SchemaVersion::subject).distinct().toList());
  }

  private void versionsOf(RegistryExchange exchange) throws IOException {
    exchange.answer(
        book.versionsOf(exchange.id()).stream()
            .map(found -> Map.of("subject", found.subject(), "version", found.version()))
            .toList());
  }

  private void level(RegistryExchange exchange) throws IOException {
    Compatibility level =
        book.level(exchange.subject())
            .or(
                () ->
                    exchange.asks("defaultToGlobal")
                        ? java.util.Optional.of(book.level())
                        : java.util.Optional.empty())
            .orElseThrow(() -> RegistryErrors.levelNotSet(exchange.subject()));
    exchange.answer(configured(level));
  }

  private void setLevel(RegistryExchange exchange, String subject) throws IOException {
    String name = exchange.body().path("compatibility").asText();
    Compatibility level =
        Compatibility.named(name).orElseThrow(() -> RegistryErrors.invalidLevel(name));
    book.level(subject, level);
    exchange.answer(Map.of("compatibility", level.name()));
  }

  private void clearLevel(RegistryExchange exchange) throws IOException {
    Compatibility cleared =
        book.level(exchange.subject())
            .orElseThrow(() -> RegistryErrors.levelNotSet(exchange.subject()));
    book.clearLevel(exchange.subject());
    exchange.answer(configured(cleared));
  }

  private void clearGlobalLevel(RegistryExchange exchange) throws IOException {
    Compatibility cleared = book.level();
    book.clearLevel(EVERY);
    exchange.answer(configured(cleared));
  }

  private void checkAll(RegistryExchange exchange) throws IOException {
    Schema schema = exchange.schema();
    book.versions(exchange.subject());
    answerCheck(exchange, book.objections(exchange.subject(), schema));
  }

  private void checkOne(RegistryExchange exchange) throws IOException {
    Schema schema = exchange.schema();
    answerCheck(exchange, book.objections(exchange.subject(), exchange.version(), schema));
  }

  private static void answerCheck(RegistryExchange exchange, List<String> objections)
      throws IOException {
    exchange.answer(
        exchange.asks("verbose")
            ? Map.of("is_compatible", objections.isEmpty(), "messages", objections)
            : Map.of("is_compatible", objections.isEmpty()));
  }

  private static Map<String, Object> described(SchemaVersion version) {
    return Map.of(
        "subject", version.subject(),
        "version", version.version(),
        "id", version.id(),
        "schema", version.schema().toString());
  }

  private static Map<String, String> configured(Compatibility level) {
    return Map.of("compatibilityLevel", level.name());
  }

  private static Handler route(Route route) {
    return (request, response) -> {
      RegistryExchange exchange = new RegistryExchange(request, response);
      try {
        route.take(exchange);
      } catch (RegistryException e) {
        exchange.refuse(e);
      }
    };
  }
}

package fovea.query;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The page, the API, health and metrics over HTTP. Read only; everything it answers is public to
 * whoever reaches its port. Threads are virtual; closing ends it.
 */
public final class QueryServer implements AutoCloseable {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int MISDIRECTED = 421;
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
              + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final QueryConfig config;
  private final boolean loopback;
  private final Router router;
  private final WebServer server;

  private QueryServer(QueryConfig config, Router router) {
    this.config = config;
    this.router = router;
    InetAddress address = address(config.host());
    this.loopback = address.isLoopbackAddress();
    this.server =
        WebServer.builder()
            .address(address)
            .port(config.port())
            .maxPayloadSize(0)
            .shutdownHook(false)
            .routing(routing -> serve(routing))
            .build();
  }

  /**
   * Begins to listen.
   *
   * @param config where
   * @param models what is answered from; stay the caller's to close
   * @param facts what is told of the system
   * @param checks what health asks besides the read models
   * @param metrics where the read models' gauges are added, and what {@code /metrics} shows
   * @throws IllegalArgumentException if the host is unknown
   */
  public static QueryServer start(
      QueryConfig config,
      ReadModels models,
      SystemFacts facts,
      List<HealthCheck> checks,
      PrometheusMeterRegistry metrics) {
    Gallery gallery = new Gallery(KeptPictures.standard());
    gallery.warm();
    models.onWithdrawal(gallery::forget);
    Availability availability = new Availability(models.maps(), models.ring());
    Composer composer = new Composer(models.maps(), availability);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new StateEndpoints(models, facts).routes());
    routes.addAll(new KeyEndpoints(models).routes());
    routes.addAll(new MapEndpoints(models, gallery, composer).routes());
    routes.addAll(
        new DifferenceEndpoints(models, gallery, new Pairs(composer, availability)).routes());
    routes.addAll(new QualityEndpoints(models).routes());
    routes.addAll(new PredictionEndpoints(models).routes());
    routes.addAll(new ImageEndpoints(models, gallery).routes());
    routes.addAll(new HealthEndpoints(models, checks).routes());
    routes.addAll(new QueryMetrics(models, metrics).routes());
    routes.addAll(new PageFiles().routes());
    QueryServer started = new QueryServer(config, new Router(models, routes));
    started.server.start();
    return started;
  }

  /** Where it listens, with the port it got. */
  public URI address() {
    return URI.create("http://" + config.host() + ":" + server.port() + "/");
  }

  List<Route> routes() {
    return router.routes();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void serve(HttpRouting.Builder routing) {
    routing.any((request, response) -> send(request, response, answer(request)));
  }

  private Reply answer(ServerRequest request) {
    String authority = request.headers().value(HeaderNames.HOST).orElse(request.authority());
    String host = authority.replaceFirst(":\\d+$", "");
    if (loopback && !LOCAL.contains(host) && !config.hosts().contains(host)) {
      return new Problem(MISDIRECTED, "Misdirected", "this server is not known by that name")
          .reply();
    }
    return router.answer(
        request.prologue().method().text(),
        request.path().rawPath(),
        request.query().rawValue(),
        request.headers().value(HeaderNames.IF_NONE_MATCH).orElse(""));
  }

  private static void send(ServerRequest request, ServerResponse response, Reply reply) {
    response.status(reply.status());
    ALWAYS.forEach(response::header);
    reply.headers().forEach(response::header);
    if (request.prologue().method().equals(Method.HEAD)) {
      response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length));
      response.send();
    } else {
      response.send(reply.body());
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("unknown host: " + host, e);
    }
  }
}

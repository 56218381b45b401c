package fovea.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The page and the API's description: files that the program carries, read once. */
final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  List<Route> routes() {
    return Stream.of(
            file("/", "index.html", HTML),
            file("/page/style.css", "style.css", STYLE),
            file("/page/main.js", "main.js", SCRIPT),
            file("/page/api.js", "api.js", SCRIPT),
            file("/page/choices.js", "choices.js", SCRIPT),
            file("/page/words.js", "words.js", SCRIPT),
            file("/page/chart.js", "chart.js", SCRIPT),
            file("/page/images.js", "images.js", SCRIPT),
            file("/page/predictions.js", "predictions.js", SCRIPT),
            file("/page/parts.js", "parts.js", SCRIPT),
            file("/page/quality.js", "quality.js", SCRIPT),
            file("/page/dom.js", "dom.js", SCRIPT),
            file("/favicon.svg", "favicon.svg", "image/svg+xml"),
            file("/api/v1/openapi.json", "openapi.json", "application/json"))
        .toList();
  }

  private static Route file(String path, String name, String contentType) {
    Reply reply = Reply.ok(contentType, read(name));
    return new Route(path, path.equals("/") ? Route.ANY : List.of(), false, ask -> reply);
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

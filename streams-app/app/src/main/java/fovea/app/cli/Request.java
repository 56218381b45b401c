package fovea.app.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One question to a running Fovea.
 *
 * @param path under {@code /api/v1/}, without the ending of a file
 * @param query its parameters
 * @param size of a picture
 * @param underlay of a picture
 */
record Request(String path, Parameters query, @Nullable Integer size, @Nullable String underlay) {

  /** The parameters with those of a picture, where the file is one. */
  Parameters picture(String ending) {
    if (!ending.equals(".png")) {
      return query;
    }
    Parameters all = new Parameters();
    all.text.append(query.text);
    all.put("size", size);
    all.put("underlay", underlay);
    return all;
  }

  /** Names and values in order; a name may come again. */
  static final class Parameters {
    private final StringBuilder text = new StringBuilder();

    /** Adds one; null is left out, empty is not. */
    void put(String name, @Nullable Object value) {
      if (value != null) {
        text.append(text.isEmpty() ? '?' : '&').append(encoded(name)).append('=');
        text.append(encoded(value.toString()));
      }
    }

    private static String encoded(String part) {
      return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    /** As it stands behind a path. */
    @Override
    public String toString() {
      return text.toString();
    }
  }
}

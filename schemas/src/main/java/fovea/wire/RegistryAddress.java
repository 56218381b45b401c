package fovea.wire;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Joins a registry's address with a path, and takes the user out of it. */
final class RegistryAddress {
  private RegistryAddress() {}

  static URI resolve(URI url, String path) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String base = Optional.ofNullable(url.getRawPath()).orElse("").replaceAll("/+$", "");
    return URI.create(url.getScheme() + "://" + url.getHost() + port + base + path);
  }

  /** The header for {@code http://user:password@host}. */
  static Optional<String> auth(URI url) {
    return Optional.ofNullable(url.getUserInfo())
        .flatMap(userInfo -> RegistryAuth.basic(userInfo).header());
  }

  /** One segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

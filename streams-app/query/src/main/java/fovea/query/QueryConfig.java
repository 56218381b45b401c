package fovea.query;

import java.util.Set;

/**
 * Where the server listens, and for whom.
 *
 * @param host address to bind; a loopback address answers this machine alone
 * @param port 0 for any free one
 * @param hosts names by which it may be asked besides its own address; on a loopback address every
 *     other Host header is refused, so that no foreign page reads it through a borrowed name
 */
public record QueryConfig(String host, int port, Set<String> hosts) {
  public QueryConfig {
    hosts = Set.copyOf(hosts);
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "host must be given, port 0..65535: '%s', %d".formatted(host, port));
    }
  }

  /** 127.0.0.1 at {@code port}. */
  public static QueryConfig local(int port) {
    return new QueryConfig("127.0.0.1", port, Set.of());
  }
}

package fovea.app.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which running Fovea a verb talks to. */
final class InstanceOptions {
  @Option(
      names = {"-p", "--port"},
      paramLabel = "P",
      description = "Port of the running Fovea on this machine (default: ${DEFAULT-VALUE}).",
      defaultValue = "8080")
  int port;

  URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }
}

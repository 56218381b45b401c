package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Apicurio Registry as a process of its own, empty at its start and with nothing kept after it. */
final class ApicurioRegistry implements AutoCloseable {
  private static final Path HOME = Path.of("target/apicurio");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final URI url;

  private ApicurioRegistry(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it on free ports of this machine alone; returns when it answers. */
  static ApicurioRegistry start() throws IOException {
    Path jar = HOME.resolve("quarkus-run.jar");
    assumeThat(jar).as("unpacked by the build").exists();
    int[] ports = freePorts();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + ports[0],
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + ports[1],
                "-jar",
                jar.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target/apicurio.log").toFile())
            .start();
    ApicurioRegistry registry =
        new ApicurioRegistry(
            process, URI.create("http://127.0.0.1:" + ports[0] + "/apis/ccompat/v7"));
    registry.awaitAnswer();
    return registry;
  }

  /** Where its Confluent interface is. */
  URI url() {
    return url;
  }

  private void awaitAnswer() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> {
                assertThat(process.isAlive()).as("see target/apicurio.log").isTrue();
                HttpRequest ask = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
                return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
              });
    }
  }

  private static int[] freePorts() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, here);
        ServerSocket other = new ServerSocket(0, 1, here)) {
      return new int[] {one.getLocalPort(), other.getLocalPort()};
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

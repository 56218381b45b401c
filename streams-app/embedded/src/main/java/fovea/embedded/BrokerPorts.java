package fovea.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The two ports of a broker, found free on 127.0.0.1.
 *
 * @param kafka for clients
 * @param controller for the broker's own controller
 */
record BrokerPorts(int kafka, int controller) {
  static final String HOST = "127.0.0.1";

  /** The wanted ports, or free ones for 0. Both are held while they are looked for, so differ. */
  static BrokerPorts claim(int kafka, int controller) throws IOException {
    try (ServerSocket first = bind(kafka);
        ServerSocket second = bind(controller)) {
      return new BrokerPorts(first.getLocalPort(), second.getLocalPort());
    }
  }

  String bootstrapServers() {
    return HOST + ":" + kafka;
  }

  static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static ServerSocket bind(int port) throws IOException {
    try {
      return new ServerSocket(port, 1, loopback());
    } catch (BindException e) {
      throw new IOException("port " + port + " on " + HOST + " is in use", e);
    }
  }
}

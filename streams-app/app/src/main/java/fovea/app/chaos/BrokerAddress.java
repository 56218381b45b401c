package fovea.app.chaos;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The two ports a broker keeps over its restarts. Below the range that systems give to outgoing
 * connections: one of those could else take the port while the broker is down.
 */
record BrokerAddress(int port, int controllerPort) {
  private static final int FIRST = 21_000;
  private static final int LAST = 31_000;

  static BrokerAddress free() throws IOException {
    int port = next(FIRST + (int) (ProcessHandle.current().pid() % (LAST - FIRST - 100)));
    return new BrokerAddress(port, next(port + 1));
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  private static int next(int from) throws IOException {
    int port = from;
    while (port < LAST && !free(port)) {
      port++;
    }
    if (port == LAST) {
      throw new IOException("no free port from " + from + " to " + LAST);
    }
    return port;
  }

  private static boolean free(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    }
  }
}

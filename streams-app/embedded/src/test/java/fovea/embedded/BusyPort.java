package fovea.embedded;

import java.io.IOException;
import java.net.ServerSocket;

/** A port that somebody else listens on. */
record BusyPort(ServerSocket socket) implements AutoCloseable {
  static BusyPort take() throws IOException {
    return new BusyPort(new ServerSocket(0, 1, BrokerPorts.loopback()));
  }

  int number() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

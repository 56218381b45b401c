package fovea.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker as a process of its own, which may be killed: it ends with the one that started it. */
public final class BrokerProcess {
  private BrokerProcess() {}

  /**
   * Serves until it is told to stop.
   *
   * @param args directory, port for clients, port of the controller
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    EndWithParent.watch();
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    new CountDownLatch(1).await();
  }
}

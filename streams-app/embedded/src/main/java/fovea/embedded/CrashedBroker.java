package fovea.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Time;

/**
 * Takes a broker that crashed out of its own metadata before it starts again.
 *
 * <p>Else the one that starts would believe itself the leader of every partition, as the one that
 * crashed was, until that one's session has expired; and then for a moment no partition has a
 * leader. A transaction that ends within this time is lost by Kafka 4: its coordinator takes
 * partitions without a leader for deleted ones and writes them no marker, so that whoever reads
 * committed records waits for ever. A broker that begins without partitions gets all of them at
 * once.
 */
final class CrashedBroker {
  /** Written last of all that a clean stop writes, and deleted by the next start. */
  private static final String CLEANLY_STOPPED = ".kafka_cleanshutdown";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration STEP = Duration.ofMillis(20);

  private final Path home;

  CrashedBroker(Path home) {
    this.home = home;
  }

  /** Whether a broker ran here that did not stop cleanly. */
  boolean present() {
    return Files.exists(home.resolve("__cluster_metadata-0"))
        && Files.notExists(home.resolve(CLEANLY_STOPPED));
  }

  /** Runs the controller alone for as long as it takes. */
  void unregister(BrokerPorts ports) throws IOException {
    KafkaConfig config = new KafkaConfig(controllerOnly(ports), false);
    KafkaRaftServer controller = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      controller.startup();
      unregister(BrokerPorts.HOST + ":" + ports.controller());
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private Map<String, String> controllerOnly(BrokerPorts ports) {
    Map<String, String> settings = new HashMap<>(BrokerSettings.of(home, ports));
    settings.put("process.roles", "controller");
    settings.put(
        "listeners",
        BrokerSettings.CONTROLLER + "://" + BrokerPorts.HOST + ":" + ports.controller());
    settings.remove("advertised.listeners");
    return settings;
  }

  private void unregister(String controller) throws IOException {
    long start = System.nanoTime();
    try (Admin admin = Admin.create(Map.of("bootstrap.controllers", controller))) {
      while (!unregistered(admin)) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IOException("no controller answers for the crashed broker in " + home);
        }
        Thread.sleep(STEP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + home + " was made ready", e);
    }
  }

  /** False while the controller is not yet ready for it: the admin client does not try again. */
  private boolean unregistered(Admin admin) throws IOException, InterruptedException {
    try {
      admin.unregisterBroker(BrokerSettings.NODE).all().get();
      return true;
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case BrokerIdNotRegisteredException _ -> true; // It crashed before it was ever known.
        case RetriableException _ -> false;
        case null, default ->
            throw new IOException("the broker that crashed in " + home + " stays registered", e);
      };
    }
  }
}

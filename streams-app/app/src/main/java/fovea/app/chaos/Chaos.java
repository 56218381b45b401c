package fovea.app.chaos;

import fovea.app.chaos.proof.Check;
import fovea.app.chaos.proof.Ledger;
import fovea.app.chaos.proof.States;
import fovea.app.ingest.Connection;
import fovea.core.aggregate.Fingerprint;
import fovea.embedded.EmbeddedBroker;
import fovea.modelstore.ModelRef;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.streams.application.StreamsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Runs a plan of faults against real processes, then asks whether anything was lost or counted
 * twice. Used once, by one thread. Every process it starts ends with it, also where this one is
 * killed.
 */
public final class Chaos {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String KEY = "a key of the chaos harness";

  private final ChaosSpec spec;
  private final String main;
  private final Consumer<String> status;

  /**
   * @param status learns how it goes, a line at a time
   */
  public Chaos(ChaosSpec spec, Consumer<String> status) {
    this(spec, ApplicationProcess.class.getName(), status);
  }

  /**
   * @param main the class that the faulty programme's applications are started by
   */
  Chaos(ChaosSpec spec, String main, Consumer<String> status) {
    this.spec = spec;
    this.main = main;
    this.status = status;
  }

  /**
   * The settings that let work go on soon after a crash, of the applications and of the broker, by
   * Kafka's names.
   */
  public static Map<String, String> failoverSettings() {
    Map<String, String> settings = new TreeMap<>();
    StreamsSettings.failover().forEach((key, value) -> settings.put("application " + key, value));
    settings.put("application group.instance.id", "one per instance");
    settings.put("application commit.interval.ms", "500");
    EmbeddedBroker.failoverSettings().forEach((key, value) -> settings.put("broker " + key, value));
    return settings;
  }

  /**
   * The whole run.
   *
   * @throws IOException if its folder or a process cannot be had
   */
  public Report run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    StoredModel model = model();
    Inputs inputs =
        new Inputs(
            spec.startedAt(),
            PayloadPool.of(spec.images(), model.manifest().frame(), spec.seed()),
            model.manifest().labels());
    Outcome outcome;
    try (Cluster cluster = Cluster.start(spec.work())) {
      Outcome faulty = faulty(cluster, inputs);
      outcome = faulty.with(sameWithoutFaults(cluster, inputs, model, faulty));
    } catch (TimeoutException e) {
      outcome = Outcome.stuck(String.valueOf(e.getMessage()));
    }
    Proof proof = outcome.proof();
    return new Report(
        spec.seed(),
        model.ref().id() + "/" + model.ref().version(),
        new Report.Images(
            outcome.published(),
            proof.explained(),
            proof.refused(),
            proof.erasures(),
            proof.states().byKey().size()),
        outcome.recoveries(),
        outcome.ends(),
        proof.checks(),
        proof.states().digest(),
        (System.nanoTime() - start) / 1e9,
        Optional.empty(),
        failoverSettings());
  }

  /** What came of the programme that was put through the faults. */
  private record Outcome(int published, List<Recovery> recoveries, List<String> ends, Proof proof) {

    static Outcome stuck(String why) {
      Check check = Check.of("the work goes on after every fault", List.of(why));
      return new Outcome(0, List.of(), List.of(), new Proof(States.NONE, 0, 0, 0, List.of(check)));
    }

    Outcome with(Check further) {
      List<Check> checks = new ArrayList<>(proof.checks());
      checks.add(further);
      Proof more =
          new Proof(proof.states(), proof.explained(), proof.refused(), proof.erasures(), checks);
      return new Outcome(published, recoveries, ends, more);
    }
  }

  private Outcome faulty(Cluster cluster, Inputs inputs) throws IOException, InterruptedException {
    try (Programme programme =
        programme("chaos", cluster, inputs, new Instances.Start(main, Plan.INSTANCES, 1))) {
      List<Recovery> recoveries =
          new Trial(cluster, programme, status).run(Plan.of(spec.faults(), spec.seed()));
      status.accept("all faults made: waiting for the rest");
      programme.drain(PATIENCE);
      int published = programme.feed().published();
      Proof proof = Proof.of(programme.connection(), fingerprint(), spec.startedAt(), published);
      return new Outcome(published, recoveries, programme.instances().ends(), proof);
    }
  }

  private Check sameWithoutFaults(Cluster cluster, Inputs inputs, StoredModel model, Outcome faulty)
      throws IOException, InterruptedException {
    String name = "the states are those of a run of the same images without faults";
    if (!faulty.proof().checks().stream().allMatch(Check::passed)) {
      return Check.notAsked(name, "another check has failed");
    }
    if (!model.manifest().batchInvariant()) {
      return Check.notAsked(name, "the model's manifest does not say batchInvariant");
    }
    status.accept("the same %,d images without faults".formatted(faulty.published()));
    try (Programme programme =
        programme(
            "calm",
            cluster,
            inputs,
            new Instances.Start(ApplicationProcess.class.getName(), 1, Plan.INSTANCES))) {
      programme.feed().publish(faulty.published());
      programme.drain(PATIENCE);
      try (Ledger ledger = new Ledger(programme.connection())) {
        return Check.of(name, faulty.proof().states().differences(ledger.stored()));
      }
    }
  }

  private Programme programme(
      String prefix, Cluster cluster, Inputs inputs, Instances.Start instances)
      throws IOException, InterruptedException {
    cluster.makeTopics(prefix);
    Connection connection = cluster.connection(prefix);
    Map<String, String> settings =
        Map.of(
            "models.store",
            spec.modelStore().toString(),
            "models.serve",
            spec.model(),
            "commit.interval",
            "PT0.5S",
            "privacy.hmac.key",
            KEY,
            "privacy.thumbnails",
            "false",
            "aggregate.keys",
            "1000");
    return new Programme(
        connection,
        new Feed(inputs, connection),
        new Instances(spec.work(), connection, instances.with(settings)));
  }

  private StoredModel model() throws IOException {
    ModelStore store = ModelStore.at(spec.modelStore());
    ModelRef ref =
        store
            .newest(spec.model())
            .orElseThrow(
                () ->
                    new IOException(
                        "no model '%s' in %s".formatted(spec.model(), spec.modelStore())));
    return store.open(ref.id(), ref.version());
  }

  private static Fingerprint fingerprint() {
    return new Fingerprint(KEY.getBytes(StandardCharsets.UTF_8));
  }
}

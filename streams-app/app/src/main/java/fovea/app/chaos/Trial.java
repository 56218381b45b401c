package fovea.app.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Puts a programme through a plan: makes each fault when so many further images are committed, and
 * measures how long it takes until all is on its way again. Used once, by one thread.
 */
final class Trial {
  private static final int BACKLOG = 1200;
  private static final int LEAST_WAITING = 600;

  /** As long as a loaded machine may take for a process and its stores to be there again. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Cluster cluster;
  private final Programme programme;
  private final Consumer<String> status;
  private final List<Open> open = new ArrayList<>();
  private final List<Recovery> done = new ArrayList<>();

  /** What is published until the next fault: a slow recovery must not make the run long. */
  private long most;

  /** A fault that has not been recovered from. */
  private record Open(Fault fault, Position before, long nanos) {}

  Trial(Cluster cluster, Programme programme, Consumer<String> status) {
    this.cluster = cluster;
    this.programme = programme;
    this.status = status;
  }

  /** All of the plan; every fault is recovered from when this returns. */
  List<Recovery> run(Plan plan) throws IOException, InterruptedException {
    programme.feed().publish(BACKLOG);
    programme.feed().flush();
    long from = 0;
    for (Fault fault : plan.faults()) {
      if (!fault.overlapping()) {
        awaitRecovery();
        from = programme.position().images();
      }
      allow(from + fault.after());
      awaitImages(from + fault.after());
      from = programme.position().images();
      Thread.sleep(fault.pauseMillis());
      allow(from);
      make(fault);
      status.accept(line(fault, plan));
    }
    awaitRecovery();
    return List.copyOf(done);
  }

  /** There must be images to come after a fault: by them it is seen that all goes on. */
  private void allow(long images) {
    most = Math.max(most, Math.max(images, programme.feed().published()) + BACKLOG);
  }

  private String line(Fault fault, Plan plan) {
    return String.format(
        Locale.ROOT,
        "fault %d of %d: %s, %s, at %,d images",
        fault.number(),
        plan.faults().size(),
        fault.kind().words(),
        fault.victim(),
        programme.position().images());
  }

  private void awaitImages(long images) throws IOException, InterruptedException {
    Deadline deadline = new Deadline(PATIENCE, "progress");
    while (programme.position().images() < images) {
      step();
      deadline.check(programme.position());
    }
  }

  private void awaitRecovery() throws IOException, InterruptedException {
    Deadline deadline = new Deadline(PATIENCE, "recovery");
    while (!open.isEmpty()) {
      step();
      deadline.check(programme.position());
    }
  }

  /** There is work, so that each fault hits something under way. */
  private void step() throws IOException, InterruptedException {
    cluster.supervise();
    programme.step();
    Position now = programme.position();
    long known = now.images() + now.waiting();
    int published = programme.feed().published();
    if (now.waiting() < LEAST_WAITING && known >= published && published < most) {
      programme.feed().publish(BACKLOG - LEAST_WAITING);
    }
    open.removeIf(fault -> recovered(fault, now));
  }

  private boolean recovered(Open fault, Position now) {
    boolean back = now.movedOnSince(fault.before());
    if (back) {
      double seconds = (System.nanoTime() - fault.nanos()) / 1e9;
      Position before = fault.before();
      done.add(new Recovery(fault.fault(), before.images(), before.waiting(), seconds));
    }
    return back;
  }

  private void make(Fault fault) throws IOException, InterruptedException {
    Open opened = new Open(fault, programme.position(), System.nanoTime());
    Instances instances = programme.instances();
    switch (fault.kind()) {
      case KILL_APPLICATION -> {
        instances.kill(fault.instance());
        instances.start(fault.instance());
      }
      case KILL_BROKER -> {
        cluster.broker().kill();
        cluster.broker().start();
      }
      case LOSE_DISK -> {
        instances.kill(fault.instance());
        instances.loseDisk(programme.prefix(), fault.instance());
        instances.start(fault.instance());
      }
      case RESTART_APPLICATION -> {
        instances.stop(fault.instance());
        instances.start(fault.instance());
      }
      case MOVE_PARTITIONS -> move(opened);
    }
    if (fault.kind() != FaultKind.MOVE_PARTITIONS) {
      open.add(opened);
    }
  }

  /** The other takes the work over, and gives it back when this one is there again. */
  private void move(Open fault) throws IOException, InterruptedException {
    int instance = fault.fault().instance();
    programme.instances().stop(instance);
    programme.watch().remove(Instances.id(instance));
    open.add(fault);
    Deadline deadline = new Deadline(PATIENCE, "move");
    while (open.contains(fault)) {
      step();
      deadline.check(programme.position());
    }
    programme.instances().start(instance);
  }
}

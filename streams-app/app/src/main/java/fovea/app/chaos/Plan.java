package fovea.app.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults happen, in which order and after how many images: fixed by the seed. The
 * interleaving with the work is the machine's.
 *
 * <p>Every five faults in a row of the deck hold each kind; three of fifteen kill the broker.
 *
 * @param faults in their order
 */
public record Plan(List<Fault> faults) {
  static final int INSTANCES = 2;

  private static final int LEAST_IMAGES = 50;
  private static final int MOST_IMAGES = 400;
  private static final int LONGEST_PAUSE_MILLIS = 600;
  private static final int OVERLAPS_ONE_IN = 3;

  private static final List<FaultKind> DECK =
      List.of(
          FaultKind.KILL_APPLICATION,
          FaultKind.KILL_BROKER,
          FaultKind.LOSE_DISK,
          FaultKind.MOVE_PARTITIONS,
          FaultKind.RESTART_APPLICATION,
          FaultKind.KILL_APPLICATION,
          FaultKind.KILL_BROKER,
          FaultKind.LOSE_DISK,
          FaultKind.KILL_APPLICATION,
          FaultKind.MOVE_PARTITIONS,
          FaultKind.KILL_APPLICATION,
          FaultKind.KILL_BROKER,
          FaultKind.LOSE_DISK,
          FaultKind.KILL_APPLICATION,
          FaultKind.RESTART_APPLICATION);

  public Plan {
    faults = List.copyOf(faults);
  }

  /** The plan of {@code count} faults that belongs to {@code seed}. */
  public static Plan of(int count, long seed) {
    Random random = new Random(seed);
    List<FaultKind> kinds = new ArrayList<>(count);
    while (kinds.size() < count) {
      List<FaultKind> hand =
          new ArrayList<>(DECK.subList(0, Math.min(DECK.size(), count - kinds.size())));
      Collections.shuffle(hand, random);
      kinds.addAll(hand);
    }
    List<Fault> faults = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      faults.add(
          new Fault(
              i + 1,
              kinds.get(i),
              random.nextInt(INSTANCES),
              random.nextInt(LEAST_IMAGES, MOST_IMAGES + 1),
              random.nextInt(LONGEST_PAUSE_MILLIS),
              i > 0 && random.nextInt(OVERLAPS_ONE_IN) == 0));
    }
    return new Plan(faults);
  }

  /** One line. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Fault fault : faults) {
      out.append(out.isEmpty() ? "" : ", ");
      out.append(fault.overlapping() ? "~" : "").append(fault.kind());
      out.append(fault.kind() == FaultKind.KILL_BROKER ? "" : " " + fault.instance());
      out.append(" +").append(fault.after());
    }
    return out.toString();
  }
}

package fovea.app.chaos;

/**
 * One fault of a plan.
 *
 * @param number from 1
 * @param kind what happens
 * @param instance to which application, 0 or 1; of no meaning for the broker
 * @param after how many further images are committed before it happens
 * @param pauseMillis how long it then waits, so that faults fall anywhere between two commits
 * @param overlapping whether it may happen while the one before has not been recovered from
 */
public record Fault(
    int number, FaultKind kind, int instance, int after, int pauseMillis, boolean overlapping) {
  public Fault {
    if (number < 1 || instance < 0 || after < 0 || pauseMillis < 0) {
      throw new IllegalArgumentException(
          "fault %d of instance %d after %d images is not possible"
              .formatted(number, instance, after));
    }
  }

  /** What is hit, by name. */
  public String victim() {
    return kind == FaultKind.KILL_BROKER ? "broker" : "application " + instance;
  }
}

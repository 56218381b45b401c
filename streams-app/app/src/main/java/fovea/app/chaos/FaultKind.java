package fovea.app.chaos;

/** What can befall a running Fovea. */
public enum FaultKind {
  /** kill -9 of an application, which is started again at once. */
  KILL_APPLICATION("kill -9 of an application"),
  /** kill -9 of the broker, which is started again at once on its directory. */
  KILL_BROKER("kill -9 of the broker"),
  /** kill -9 of an application, whose directory is deleted before it is started again. */
  LOSE_DISK("kill -9 and disk deleted"),
  /** An application is taken out of its groups until the other does its work, then comes back. */
  MOVE_PARTITIONS("partitions moved and back"),
  /** An application stops cleanly and is started again. */
  RESTART_APPLICATION("clean restart");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  /** For a person. */
  public String words() {
    return words;
  }
}

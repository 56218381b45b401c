package fovea.app.chaos.proof;

import java.util.List;

/**
 * One thing that must hold.
 *
 * @param name what it is, in a sentence
 * @param asked whether it was looked at
 * @param faults how many things are not as they must be
 * @param examples the first of them
 */
public record Check(String name, boolean asked, int faults, List<String> examples) {
  private static final int EXAMPLES = 20;

  public Check {
    examples = List.copyOf(examples);
  }

  /** A check that found {@code faults}; none where it holds. */
  public static Check of(String name, List<String> faults) {
    return new Check(
        name, true, faults.size(), faults.subList(0, Math.min(EXAMPLES, faults.size())));
  }

  /** A check that does not apply, and why. */
  public static Check notAsked(String name, String why) {
    return new Check(name, false, 0, List.of(why));
  }

  /** Whether nothing speaks against it. */
  public boolean passed() {
    return faults == 0;
  }
}

package fovea.app.chaos.proof;

import fovea.schema.DeadLetter;
import fovea.schema.Explanation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often each input was answered. Which input an answer belongs to is told by the Kafka
 * timestamp of the input's record, which is the input's alone.
 *
 * <p>What outlives an erasure may stand a second time behind the tombstone of what did not: once
 * more, and the very same. Thread-confined.
 */
final class Answers {
  private static final String SCORE = "score";

  private final long first;
  private final int[] explained;
  private final int[] refused;
  private final Map<Integer, Explanation> survivors = new HashMap<>();
  private final Set<Integer> repeated = new HashSet<>();
  private final List<String> strangers = new ArrayList<>();

  /**
   * @param first timestamp of input 0; each further one is a millisecond later
   * @param inputs how many there are
   */
  Answers(Instant first, int inputs) {
    this.first = first.toEpochMilli();
    this.explained = new int[inputs];
    this.refused = new int[inputs];
  }

  /**
   * @param survived whether an erasure took something of its image or subject, but not this
   */
  void add(Explanation e, boolean survived) {
    int number = (int) (e.getIngestedAt().toEpochMilli() - first);
    boolean again = survived && e.equals(survivors.putIfAbsent(number, e)) && repeated.add(number);
    if (!again) {
      count(explained, e.getIngestedAt(), "an explanation of " + e.getImageId());
    }
  }

  void add(DeadLetter letter) {
    if (letter.getStage().equals(SCORE)) {
      count(refused, letter.getSourceTimestamp(), "a dead letter of an image");
    } else {
      strangers.add(
          "%s refused %s-%d@%d: %s"
              .formatted(
                  letter.getStage(),
                  letter.getSourceTopic(),
                  letter.getSourcePartition(),
                  letter.getSourceOffset(),
                  letter.getReason()));
    }
  }

  private void count(int[] counts, Instant at, String what) {
    long number = at.toEpochMilli() - first;
    if (number < 0 || number >= counts.length) {
      strangers.add(what + " belongs to no input");
    } else {
      counts[(int) number]++;
    }
  }

  int explained() {
    return Arrays.stream(explained).sum();
  }

  int refused() {
    return Arrays.stream(refused).sum();
  }

  /** Inputs that were not answered exactly once, and answers to none; empty where all is well. */
  List<String> faults() {
    List<String> out = new ArrayList<>(strangers);
    for (int i = 0; i < explained.length; i++) {
      if (explained[i] + refused[i] != 1) {
        out.add(
            "input %d has %d explanations and %d dead letters"
                .formatted(i, explained[i], refused[i]));
      }
    }
    return out;
  }
}

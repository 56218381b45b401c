package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.core.map.GlobalMap;
import fovea.core.moments.FoldsSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets no answer pass that is not of one moment, or that is of an earlier one than an answer to the
 * same question before. Thread-confined.
 */
final class StrictReader {
  private final KnownStream stream;
  private final Map<String, List<Long>> last = new HashMap<>();

  StrictReader(KnownStream stream) {
    this.stream = stream;
  }

  /** What the API answered; the number of images in it. */
  long see(String question, Sighting seen) {
    assertThat(seen).as(question).isEqualTo(Sighting.of(whole(question, seen)));
    return latest(question, seen);
  }

  /** What the read model answered, with every byte that it told; the number of images in it. */
  long see(String question, GlobalMap answer) {
    Sighting seen = Sighting.of(answer.moments(), answer.folds());
    Whole whole = whole(question, seen);
    assertThat(seen).as(question).isEqualTo(Sighting.of(whole));
    assertThat(answer.moments().moments()).as(question).isEqualTo(whole.moments());
    FoldsSnapshot should = whole.folds().snapshot();
    FoldsSnapshot folds = answer.folds().orElseThrow();
    for (int fold = 0; fold < 20; fold++) {
      assertThat(folds.n(fold)).as(question).isEqualTo(should.n(fold));
      assertThat(folds.mean(fold)).as(question).isEqualTo(should.mean(fold));
    }
    return latest(question, seen);
  }

  private Whole whole(String question, Sighting seen) {
    Optional<Whole> whole = stream.after(seen.counts());
    assertThat(whole).as("%s: %s", question, seen).isPresent();
    return whole.orElseThrow();
  }

  private long latest(String question, Sighting seen) {
    List<Long> now = seen.counts();
    List<Long> before = last.getOrDefault(question, List.of());
    assertThat(IntStream.range(0, before.size()))
        .as("%s: %s after %s", question, now, before)
        .allMatch(cell -> now.get(cell) >= before.get(cell));
    last.put(question, now);
    return seen.n();
  }
}

package fovea.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubjectSplitTest {
  @Test
  void aSubjectLiesInOneFoldOnEveryMachine() {
    assertThat(SubjectSplit.fold("person23")).isEqualTo(SubjectSplit.fold("person23"));
    assertThat(IntStream.range(0, 5).map(i -> SubjectSplit.fold("person" + i)).toArray())
        .containsExactly(6, 4, 1, 3, 2);
  }

  @Test
  void aFifthIsHeldOutAndATenthStops() {
    long held =
        IntStream.range(0, 20_000)
            .filter(i -> SubjectSplit.heldOut(SubjectSplit.fold("s" + i)))
            .count();
    long stops =
        IntStream.range(0, 20_000)
            .filter(i -> SubjectSplit.validation(SubjectSplit.fold("s" + i)))
            .count();

    assertThat(held / 20_000.0).isCloseTo(0.2, within(0.01));
    assertThat(stops / 20_000.0).isCloseTo(0.1, within(0.01));
  }
}

package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputsTest {
  private final Inputs inputs =
      new Inputs(
          IntStream.range(0, 6).mapToObj(InputsTest::payload).toList(), List.of("one", "other"));

  @Test
  void anInputIsAFunctionOfItsNumber() {
    for (int i = 0; i < 200; i++) {
      assertThat(inputs.image(i)).isEqualTo(inputs.image(i));
    }
  }

  @Test
  void someImagesComeAgainSomeAreCorrectedAndSomeCorrectedTooLate() {
    assertThat(inputs.image(39)).isEqualTo(inputs.image(28));
    assertThat(inputs.image(19).getImageId()).isEqualTo(inputs.image(8).getImageId());
    assertThat(revisions(8, 19, 18, 29)).containsExactly(1L, 2L, 1L, 0L);
    assertThat(content(19)).isNotEqualTo(content(8));
  }

  @Test
  void outcomesComeEarlyLateAndASecondTime() {
    assertThat(about(13)).isEqualTo(inputs.image(13).getImageId());
    assertThat(about(52)).isEqualTo(inputs.image(12).getImageId());
    assertThat(about(58)).isEqualTo(about(13));
    assertThat(inputs.outcome(14)).isEmpty();
    assertThat(inputs.outcome(4)).as("before there were any").isEmpty();
  }

  private String about(int number) {
    return String.valueOf(inputs.outcome(number).orElseThrow().getImageId());
  }

  private List<Long> revisions(int... numbers) {
    return IntStream.of(numbers).mapToObj(i -> inputs.image(i).getRevision()).toList();
  }

  private ByteBuffer content(int number) {
    ScreeningImage image = inputs.image(number);
    return ((InlinePayload) image.getPayload()).getContent();
  }

  private static Payload payload(int i) {
    return new Payload(
        ByteBuffer.wrap(new byte[] {(byte) i}), "OP", Optional.empty(), Optional.of("L"), "s" + i);
  }
}

package fovea.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.schema.Erasure;
import fovea.schema.InlinePayload;
import fovea.schema.ScreeningImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputsTest {
  private final Inputs inputs =
      new Inputs(
          Instant.EPOCH,
          IntStream.range(0, 6).mapToObj(InputsTest::payload).toList(),
          List.of("one", "other"));

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

  @Test
  void someAreForgottenBeforeTheyComeAgainOrAtAll() {
    assertThat(forgotten(92, 88)).as("one image, corrected with 99").isTrue();
    assertThat(inputs.erasure(92).orElseThrow().getImageId()).isNotNull();
    assertThat(forgotten(115, 108)).as("sent again with 119").isTrue();
    assertThat(forgotten(131, 132)).as("on the way").isTrue();
    assertThat(forgotten(150, 90)).isTrue();
    assertThat(forgotten(150, 91)).as("later than its moment").isFalse();
    assertThat(inputs.erasure(93)).isEmpty();
  }

  private boolean forgotten(int erasure, int image) {
    Erasure asked = inputs.erasure(erasure).orElseThrow();
    return asked.getSubjectId().equals(inputs.image(image).getSubjectId())
        && !inputs.at(image).isAfter(asked.getEffectiveAt());
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

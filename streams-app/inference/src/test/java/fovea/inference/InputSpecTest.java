package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.modelstore.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputSpecTest {
  @Test
  void scaleAndShiftBecomeMeanAndStd() {
    Manifest.Input input = InputSpec.parse("rgb224,scale=1/127.5,shift=-1").input("x");

    assertThat(input.channels()).isEqualTo(3);
    assertThat(input.height()).isEqualTo(224);
    assertThat(input.width()).isEqualTo(224);
    assertThat(input.mean()).containsExactly(127.5f, 127.5f, 127.5f);
    assertThat(input.std()).containsExactly(127.5f, 127.5f, 127.5f);
  }

  @Test
  void heightComesBeforeWidthAndGreyHasOneChannel() {
    assertThat(InputSpec.parse("GREY384x512")).isEqualTo(new InputSpec(1, 384, 512, 1, 0));
    assertThat(InputSpec.parse("grey8").input("x").mean()).containsExactly(0f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bgr224|'bgr224' is no size",
        "rgb|'rgb' is no size",
        "rgb99999|sides must be 1..4096",
        "rgb0|sides must be 1..4096",
        "rgb224,scale=a|'a' is no number and no fraction",
        "rgb224,scale=1/2/3|'1/2/3' is no number and no fraction",
        "rgb224,scale=1/0|scale must be positive",
        "rgb224,scale=-1|scale must be positive",
        "rgb224,shift=NaN|'nan' is no number and no fraction",
        "rgb224,|'' is neither scale nor shift",
        "rgb224,mean=3|'mean=3' is neither scale nor shift",
      })
  void whatIsWrongIsSaid(String text, String reason) {
    assertThatThrownBy(() -> InputSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}

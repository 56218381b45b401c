package fovea.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Fingerprint FINGERPRINT =
      new Fingerprint("a key of sixteen".getBytes(StandardCharsets.UTF_8));

  @Test
  void isTheFirstEightBytesOfTheHmac() {
    assertThat(Long.toHexString(FINGERPRINT.of("img-1", "ab12"))).isEqualTo("bfcee3b92da9549a");
    assertThat(FINGERPRINT.fold("subject-1")).isEqualTo(19);
  }

  @Test
  void partsAreNotConfused() {
    assertThat(FINGERPRINT.of("a|b", "c")).isNotEqualTo(FINGERPRINT.of("a", "b|c"));
  }

  @Test
  void subjectsSpreadOverAllFolds() {
    int[] count = new int[Fingerprint.FOLDS];
    for (int i = 0; i < 4000; i++) {
      count[FINGERPRINT.fold("s" + i)]++;
    }
    for (int n : count) {
      assertThat(n).isBetween(150, 250);
    }
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new Fingerprint(new byte[15])).hasMessageContaining("15");
  }
}

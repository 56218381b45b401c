package fovea.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.modelstore.ParityVectors.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityVectorsTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    ParityVectors vectors = vectors();

    ParityVectors read = read(vectors.files());

    assertThat(read.count()).isEqualTo(2);
    assertThat(read.evidence().shape()).containsExactly(2L, 1L, 2L, 1L);
    assertThat(read.evidence().values()).isEqualTo(vectors.evidence().values());
    assertThat(read.logits().values()).isEqualTo(vectors.logits().values());
    assertThat(read.input().values()).isEqualTo(vectors.input().values());
  }

  @Test
  void blackBoxesHaveNoEvidence() {
    ParityVectors vectors =
        new ParityVectors(
            new Tensor(List.of(2L, 1L, 1L, 1L), new float[] {1, 2}),
            new Tensor(List.of(2L, 1L), new float[] {1, 2}));

    ParityVectors read = read(vectors.files());

    assertThat(read.explained()).isFalse();
    assertThat(read.count()).isEqualTo(2);
    assertThat(read.logits().values()).isEqualTo(vectors.logits().values());
    assertThat(vectors.files()).doesNotContainKey("parity/evidence.f32");
  }

  @Test
  void floatsAreLittleEndian() {
    assertThat(vectors().files().get("parity/logits.f32"))
        .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"input\":[2,1,1,1],\"logits\":[2,1],\"evidence\":[2,1,1,1]}",
        "{\"input\":[1,1,1,2],\"logits\":[2,1],\"evidence\":[2,1,2,1]}",
        "{\"input\":[2147483647,2147483647,2147483647,4],\"logits\":[2,1],\"evidence\":[2,1,2,1]}",
        "{\"input\":[2,1,1,-1],\"logits\":[2,1],\"evidence\":[2,1,2,1]}",
        "{\"input\":[2,1,1,1.5],\"logits\":[2,1],\"evidence\":[2,1,2,1]}",
      })
  void shapesThatDoNotFitAreRefused(String shapes) {
    Map<String, byte[]> files = new HashMap<>(vectors().files());
    files.put("parity/parity.json", shapes.getBytes(UTF_8));

    assertThatThrownBy(() -> read(files)).isInstanceOf(ModelRefusedException.class);
  }

  private static ParityVectors vectors() {
    return new ParityVectors(
        new Tensor(List.of(2L, 1L, 1L, 1L), new float[] {1, 2}),
        new Tensor(List.of(2L, 1L), new float[] {1, 2}),
        new Tensor(List.of(2L, 1L, 2L, 1L), new float[] {1, 1, 2, 2}));
  }

  private static ParityVectors read(Map<String, byte[]> files) {
    return ParityVectors.read(name -> Objects.requireNonNull(files.get(name)));
  }
}

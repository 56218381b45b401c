package fovea.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
  private static final String JSON =
      new String(ManifestJson.write(Manifests.of("phantom", "1")), UTF_8);

  @Test
  void whatIsWrittenIsReadAgain() {
    Manifest manifest = Manifests.of("phantom", "1");

    assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);
  }

  @Test
  void frameWithoutFieldOfViewIsReadAgain() {
    String json = JSON.replaceAll("(?s)\"fieldOfView\" : \\{.*?}", "\"fieldOfView\" : null");

    Manifest read = ManifestJson.read(json.getBytes(UTF_8));

    assertThat(read.frame().fieldOfView()).isNull();
    assertThat(new String(ManifestJson.write(read), UTF_8)).isEqualTo(json);
  }

  @Test
  void orderIsStableAndPretty() {
    assertThat(JSON)
        .startsWith("{\n  \"contract\" : \"evidence/1\",\n  \"id\" : \"phantom\",\n")
        .contains("\"modalities\" : [ \"CR\", \"DX\", \"OP\" ]")
        .contains("\"cell\" : \"mean\",\n      \"grid\" : \"native\"")
        .endsWith("}\n");
  }

  @Test
  void blackBoxIsReadAgainWithHowItIsAsked() {
    Manifest box = Manifests.blackBox();

    Manifest read = ManifestJson.read(ManifestJson.write(box));

    assertThat(read).isEqualTo(box);
    assertThat(read.blackBox()).isTrue();
    assertThat(read.probePlan().forwards(2)).isEqualTo(5);
    assertThat(Manifests.of("phantom", "1").blackBox()).isFalse();
    assertThat(JSON).doesNotContain("probe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"share\" : 0.25|\"share\" : 1.5|explainer.probe.share must be 0..1: 1.5",
        "\"gridHeight\" : 3|\"gridHeight\" : 0|sides of the grid must be 1..1024: 0x4",
        "\"gridHeight\" : 3|\"gridHeight\" : 5|a grid of 5x4 is finer than the input's 4x6",
        "\"fill\" : [ 0.0, 0.5, 1.0 ]|\"fill\" : [ 0.0 ]|fill must have one value per channel",
        "\"stride\" : \"2\"|\"stride\" : \"3\"|stride must be 1..2: 3",
        "\"occlusion\"|\"class-evidence\"|class-evidence has no",
        "\"occlusion\"|\"lime\"|no explainer 'lime'",
        "\"logits\" : \"logits\"|\"evidence\" : \"e\", \"logits\" : \"l\"|nothing for"
            + " explainer.probe",
        "\"offset\" : [ ]|\"offset\" : [ 1, 2 ]|without evidence there is no offset",
      })
  void whatIsWrongWithABlackBoxIsNamed(String written, String instead, String reason) {
    String json = new String(ManifestJson.write(Manifests.blackBox()), UTF_8);
    assertThat(json).contains(written);
    byte[] broken = json.replace(written, instead).getBytes(UTF_8);

    assertThatThrownBy(() -> ManifestJson.read(broken))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void modelWithoutEvidenceMustSayHowItIsAsked() {
    byte[] mute = JSON.replace("\"evidence\" : \"evidence\",\n", "\n").getBytes(UTF_8);

    assertThatThrownBy(() -> ManifestJson.read(mute))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("explainer.probe must say how");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"link\" : \"sigmoid\"|\"lnk\" : \"sigmoid\"|missing field: link",
        "\"lateral\" : true|\"lateral\" : \"true\"|frame.lateral must be true or false",
        "\"lateral\" : true|\"lateral\" : true, \"x\" : 1|unknown field: frame.x",
        "\"bytes\" : 12|\"bytes\" : -12|files.model.onnx.bytes must be a number of bytes",
        "\"bytes\" : 12|\"bytes\" : 1e40|files.model.onnx.bytes must be a number of bytes",
        "\"channels\" : 3|\"channels\" : 3.5|input.channels must be a whole number",
        "\"channels\" : 3|\"channels\" : 4|channels must be 1 or 3: 4",
        "\"a\" : 0.5|\"a\" : null|thresholds.a must be a number",
        "\"a\" : 0.5|\"a\" : 1e999|thresholds.a must be a number",
        "\"floor\" : 8|\"floor\" : 8, \"floor\" : 9|not JSON: Duplicate field 'floor'",
        "\"id\" : \"phantom\"|\"id\" : \"../x\"|id must be letters",
        "evidence/1|evidence/2|contract must be evidence/1: 'evidence/2'",
        "sigmoid|relu|link must be sigmoid, softmax or identity: 'relu'",
        "\"parity\" : 1.0E-4|\"parity\" : 0|tolerances must be positive",
        "\"parity\" : 1.0E-4|\"parity\" : 1, \"rounded\" : {\"fp16\" : 0}|tolerances must be"
            + " positive",
        "[ \"a\", \"b\" ]|\"a\"|labels must be a list",
        "[ \"a\", \"b\" ]|[ \"a\", 2 ]|labels[1] must be a text: 2",
      })
  void whatIsWrongIsNamed(String written, String instead, String reason) {
    assertThat(JSON).contains(written);
    byte[] broken = JSON.replace(written, instead).getBytes(UTF_8);

    assertThatThrownBy(() -> ManifestJson.read(broken))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "null", "{} {}", "\u0000\u0001", "7"})
  void whatIsNoManifestIsRefused(String content) {
    assertThatThrownBy(() -> ManifestJson.read(content.getBytes(UTF_8)))
        .isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void deepNestingIsRefusedAndNoOverflow() {
    byte[] deep = "[".repeat(100_000).getBytes(UTF_8);

    assertThatThrownBy(() -> ManifestJson.read(deep)).isInstanceOf(ModelRefusedException.class);
  }

  @Test
  void tolerancesOfRoundedPrecisionsMayBeGivenAndAreWrittenOnlyThen() {
    String given = "\"parity\" : 1.0E-4, \"rounded\" : {\"fp16\" : 0.02}";
    byte[] json = JSON.replace("\"parity\" : 1.0E-4", given).getBytes(UTF_8);

    Manifest plain = ManifestJson.read(JSON.getBytes(UTF_8));
    Manifest own = ManifestJson.read(json);

    assertThat(JSON).doesNotContain("rounded");
    assertThat(new String(ManifestJson.write(plain), UTF_8)).isEqualTo(JSON);
    assertThat(ManifestJson.read(ManifestJson.write(own))).isEqualTo(own);
    assertThat(plain.tolerances().in("fp32")).isEqualTo(plain.tolerances());
    assertThat(plain.tolerances().in("fp16").parity()).isEqualTo(1e-2);
    assertThat(own.tolerances().in("fp16").parity()).isEqualTo(0.02);
    assertThat(own.tolerances().in("fp16").residual()).isEqualTo(0.02);
    assertThat(own.tolerances().in("bf16").parity()).isEqualTo(8e-2);
  }
}

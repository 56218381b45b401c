package fovea.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.app.CliResult;
import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomSpec;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.OnnxGraphBuilder;
import fovea.modelstore.OnnxGraphBuilder.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weight randomisation check, as a user runs it. */
class ModelCheckTest {
  private static final int SIDE = 32;

  @TempDir private static Path images;

  @TempDir private Path folder;

  @BeforeAll
  static void writeImages() throws IOException {
    Phantom phantom = new Phantom(PhantomSpec.of(20_261_123, Instant.EPOCH));
    for (int i = 0; i < 60; i++) {
      Files.write(
          images.resolve("%03d.jpg".formatted(i)),
          ImageFile.JPEG.encode(phantom.image(i).raster()));
    }
  }

  @Test
  void theMapsOfTheShippedModelDependOnItsWeights() throws IOException {
    CliResult result =
        CliResult.run("model", "check", "fundus-phantom", "--images", text(images), "--json");

    JsonNode answer = result.json();
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(answer.at("/passes").asBoolean()).isTrue();
    assertThat(answer.at("/labels").size()).isEqualTo(3);
    for (JsonNode label : answer.at("/labels")) {
      assertThat(label.at("/n").asInt()).isEqualTo(5 * label.at("/images").asInt());
      assertThat(label.at("/rank").asDouble()).isLessThan(label.at("/rankBaseline").asDouble());
      assertThat(label.at("/ssim").asDouble()).isLessThan(label.at("/ssimBaseline").asDouble());
    }
  }

  @Test
  void aMapThatIgnoresTheModelIsFoundOut() throws IOException {
    Path store = folder.resolve("store");
    Path onnx = Files.write(folder.resolve("pretty.onnx"), pretty());
    CliResult added =
        CliResult.run(
            "model",
            "add",
            text(onnx),
            "--id",
            "pretty",
            "--store",
            text(store),
            "--input",
            "grey32,scale=1/255,shift=0");
    assertThat(added.code()).as(added.out() + added.err()).isZero();

    CliResult result =
        CliResult.run("model", "check", "pretty", "--images", text(images), "--store", text(store));

    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains("label-0: does NOT depend on the weights")
        .contains("pretty/1: it was NOT shown that the maps depend on the weights");
  }

  @Test
  void tooFewImagesShowNothing() throws IOException {
    Path few = Files.createDirectories(folder.resolve("few"));
    for (int i = 0; i < 4; i++) {
      Files.copy(images.resolve("00" + i + ".jpg"), few.resolve(i + ".jpg"));
    }

    CliResult result = CliResult.run("model", "check", "fundus-phantom", "--images", text(few));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("not checked", "10 are needed");
  }

  @Test
  void aFolderThatIsNotThereOrHoldsNoImageIsWrongUse() {
    assertThat(CliResult.run("model", "check", "fundus-phantom", "--images", "/nowhere").code())
        .isEqualTo(2);
    assertThat(CliResult.run("model", "check", "fundus-phantom", "--images", text(folder)).err())
        .contains("is an image");
    assertThat(
            CliResult.run(
                    "model", "check", "fundus-phantom", "--images", text(images), "--draws", "0")
                .code())
        .isEqualTo(2);
  }

  /**
   * A net whose map is the image's own brightness, at such a height that it adds up to the logit:
   * it keeps the contract, and says nothing of where the net looks.
   */
  private static byte[] pretty() {
    OnnxGraphBuilder b = new OnnxGraphBuilder("pretty");
    String x = b.input("image", OnnxGraph.FREE, 1, SIDE, SIDE);
    String w = b.weights("w", gaussian(8 * 9), 8, 1, 3, 3);
    String features = b.globalAveragePool(b.relu(b.conv(x, w, new Window(3, 2, 1), 1)));
    String head = b.weights("head", gaussian(8), 1, 8, 1, 1);
    String net = b.conv(features, head, new Window(1, 1, 0), 1);
    String logit = b.mul(net, net);
    String bright = b.averagePool(x, new Window(4, 4, 0));
    String mean = b.reduceMean(bright, true, 2, 3);
    String evidence = b.mul(b.div(bright, mean), logit);
    b.output(b.flatten(b.globalAveragePool(evidence)), "logits", OnnxGraph.FREE, 1);
    b.output(evidence, "evidence", OnnxGraph.FREE, 1, SIDE / 4, SIDE / 4);
    return b.build();
  }

  private static float[] gaussian(int count) {
    Random random = new Random(4);
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = 2 * (float) random.nextGaussian();
    }
    return out;
  }

  private static String text(Path path) {
    return path.toString();
  }
}

package fovea.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.core.inference.Outputs;
import fovea.modelstore.ModelStore;
import fovea.modelstore.StoredModel;
import fovea.modelstore.evaluation.Evaluation;
import fovea.modelstore.evaluation.EvaluationJson;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb on a folder of images: a disc on dark, or a bar on bright, somewhere in the middle. */
class FolderTrainingTest {
  private static final int IMAGES = 120;

  @BeforeAll
  static void needsTheEngine() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        machine.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)"),
        () -> "PyTorch's native library is on the class path for Linux on x86-64, not " + machine);
  }

  @Test
  void aFolderOfImagesBecomesAModelWithItsFigures(@TempDir Path folder) throws IOException {
    Path data = images(folder.resolve("discs"));
    StringWriter out = new StringWriter();
    Path version = folder.resolve("store/discs/1");
    int code =
        Train.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                "--data",
                data.toString(),
                "--subject",
                "person",
                "--out",
                version.toString(),
                "--epochs",
                "3",
                "--changes",
                "placing,border",
                "--ring-weight",
                "0.1");

    assertThat(code).isZero();
    assertThat(version.resolveSibling(".1.training")).doesNotExist();
    StoredModel model = ModelStore.at(folder.resolve("store")).open("discs", "1");
    assertThat(model.manifest().labels()).containsExactly("bar", "disc");
    assertThat(model.manifest().positive()).containsExactly("disc");
    Evaluation evaluation = EvaluationJson.read(model.read(Evaluation.FILE));
    assertThat(value(evaluation, "receptiveField")).isLessThanOrEqualTo(80);
    assertThat(value(evaluation, "auc")).isGreaterThan(0.9);
    assertThat(value(evaluation, "baseline.allCells")).isGreaterThan(0.9);
    assertThat(Files.readString(version.resolve("model-card.md")))
        .contains("## Figures", "auc.ringErased", "`./fovea validate-card discs/1`", "maps.png");
    assertThat(ImageIO.read(version.resolve("maps.png").toFile()).getHeight()).isEqualTo(452);
    theGraphSaysWhatTheTrainedNetSaid(model);
  }

  private static void theGraphSaysWhatTheTrainedNetSaid(StoredModel model) throws IOException {
    FoldedNet net = ShippedNet.read(Files.readAllBytes(model.onnx()), NetSpec.patches(2));
    float[] image = new float[224 * 224];
    System.arraycopy(model.parity().input().values(), 0, image, 0, image.length);
    Outputs shipped = net.run(image);
    float[] trained = model.parity().logits().values();
    float[] evidence = model.parity().evidence().values();
    double greatest = 1;
    for (float value : evidence) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    for (int l = 0; l < 2; l++) {
      assertThat((double) shipped.logit(l)).isCloseTo(trained[l], within(1e-5 * greatest));
      for (int c = 0; c < 196; c++) {
        assertThat((double) shipped.evidence(l)[c])
            .isCloseTo(evidence[l * 196 + c], within(1e-5 * greatest));
        // The contrast: what speaks for one label speaks against the other.
        assertThat(evidence[c]).isCloseTo(-evidence[196 + c], within((float) (1e-5 * greatest)));
      }
    }
  }

  private static double value(Evaluation evaluation, String name) {
    return evaluation.figures().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow()
        .estimate()
        .value();
  }

  private static Path images(Path folder) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(4);
    StringBuilder table = new StringBuilder("file,label,person\n");
    for (int i = 0; i < IMAGES; i++) {
      boolean disc = random.nextBoolean();
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      Graphics2D graphics = image.createGraphics();
      int grey = (disc ? 40 : 140) + random.nextInt(60);
      graphics.setColor(new Color(grey, grey, grey));
      graphics.fillRect(0, 0, 64, 64);
      graphics.setColor(Color.WHITE);
      int at = 14 + random.nextInt(22);
      if (disc) {
        graphics.fillOval(at, at, 16, 16);
      } else {
        graphics.fillRect(at, at, 30, 3);
      }
      graphics.dispose();
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      String label = disc ? "disc" : "bar";
      table.append("%d.png,%s,p%d%n".formatted(i, label, i / 2));
    }
    Files.writeString(folder.resolve("labels.csv"), table);
    return folder;
  }
}

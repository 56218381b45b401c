package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.Outputs;
import fovea.modelstore.OnnxGraph;
import fovea.modelstore.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainModelTest {
  private final InferenceConfig config = InferenceConfig.defaults();

  @TempDir private Path folder;

  @Test
  void logitsAreThoseOfTheModelThatIsServed() {
    StoredModel stored = WrittenModel.sigmoid(folder);
    ImageBatch images = new SeededImages(Graphs.input()).batch(3);

    try (Classifier served =
            new OnnxEngine(config).open(GraphFile.of(stored.onnx()), contract(stored));
        PlainModel plain = PlainModel.withoutEvidence(config, stored)) {
      List<Outputs> outputs = Calls.run(served, images);
      float[] logits = plain.run(images);

      assertThat(logits).hasSize(6);
      for (int i = 0; i < 6; i++) {
        assertThat(logits[i]).isCloseTo(outputs.get(i / 2).logit(i % 2), within(1e-5f));
      }
    }
  }

  @Test
  void ofAnotherGraphTheFirstOutputIsTaken() throws IOException {
    StoredModel stored = WrittenModel.sigmoid(folder);
    Path copy = Files.copy(stored.onnx(), folder.resolve("other.onnx"));
    ImageBatch images = new SeededImages(Graphs.input()).batch(1);

    try (PlainModel plain = PlainModel.of(config, copy)) {
      assertThat(plain.run(images)).isNotEmpty();
    }
  }

  private static GraphContract contract(StoredModel stored) {
    return GraphContract.of(stored.manifest(), OnnxGraph.read(stored.read(StoredModel.ONNX)));
  }
}

package fovea.modelstore.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void readsCellsByColumn() throws IOException {
    Files.writeString(
        folder.resolve("labels.csv"), "file,label,patient\na/1.png,B, p1\n\"b,2.png\",A,p2\n");

    LabelledImages table = LabelledImages.read(folder, "labels.csv");

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.file(1)).isEqualTo(folder.resolve("b,2.png"));
    assertThat(table.value(0, "patient")).isEqualTo("p1");
    assertThat(table.distinct("label")).containsExactly("A", "B");
    assertThatThrownBy(() -> table.value(0, "age")).hasMessageContaining("'age'");
  }

  @Test
  void whatIsNotThereIsAnError() {
    assertThatThrownBy(() -> LabelledImages.read(folder, "labels.csv"))
        .isInstanceOf(IOException.class);
  }
}

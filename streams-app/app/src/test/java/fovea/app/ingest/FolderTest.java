package fovea.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    for (String name : new String[] {"images/b.jpg", "images/a.png", "images/text.txt"}) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(folder.resolve(".hidden.jpg"), "x");
  }

  private LabelsFile labels(String text) throws IOException {
    return LabelsFile.read(Files.writeString(folder.resolve("labels.csv"), text));
  }

  @Test
  void withoutLabelsEveryFileIsPublishedButTablesAndHiddenOnes() throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "file\n");

    Folder read = Folder.read(folder, Optional.empty());

    assertThat(read.listings())
        .extracting(Listing::imageId)
        .containsExactly("images/a.png", "images/b.jpg", "images/text.txt");
    assertThat(read.listings()).allMatch(l -> l.subjectId().equals(l.imageId()));
    assertThat(read.skipped()).containsExactly(".hidden.jpg", "labels.csv");
  }

  @Test
  void withLabelsTheListedFilesArePublishedInTheirOrder() throws IOException {
    LabelsFile labels =
        labels("file,nih_patient,laterality_from_name\nimages/b.jpg,p7,right\nimages/no.jpg,,\n");

    Folder read = Folder.read(folder, Optional.of(labels));

    assertThat(read.listings()).hasSize(1);
    Listing listing = read.listings().getFirst();
    assertThat(listing.subjectId()).isEqualTo("p7");
    assertThat(listing.laterality()).contains("R");
    assertThat(listing.imageId()).isEqualTo("images/b.jpg");
    assertThat(read.missing()).containsExactly("images/no.jpg");
    assertThat(read.skipped()).contains("images/a.png");
  }

  @Test
  void theLabelsFileMayNameTheImage() throws IOException {
    LabelsFile labels = labels("file,ImageId,subject\nimages/a.png,A-1,s\n");

    assertThat(Folder.read(folder, Optional.of(labels)).listings())
        .extracting(Listing::imageId)
        .containsExactly("A-1");
  }

  @Test
  void aPathThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> labels("file\nimages/a.png\nimages/a.png\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("images/a.png");
  }
}

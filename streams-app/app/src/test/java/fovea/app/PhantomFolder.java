package fovea.app;

import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomImage;
import fovea.core.phantom.PhantomSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder of phantom images with its labels file, as a programme would hand it over. */
final class PhantomFolder {
  /** Not the seed of any training run. */
  private static final long SEED = 20_261_122;

  private PhantomFolder() {}

  static void write(Path folder, int images) throws IOException {
    Phantom phantom = new Phantom(PhantomSpec.of(SEED, Instant.EPOCH));
    Files.createDirectories(folder);
    List<String> rows = new ArrayList<>(List.of("file,subject,laterality,view,exam"));
    for (int i = 0; i < images; i++) {
      PhantomImage image = phantom.image(i);
      String name = i + ".jpg";
      Files.write(folder.resolve(name), ImageFile.JPEG.encode(image.raster()));
      rows.add(
          String.join(
              ",", name, image.subjectId(), image.laterality(), image.view(), image.examId()));
    }
    Files.write(folder.resolve("labels.csv"), rows);
  }
}

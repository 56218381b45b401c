package fovea.app.chaos;

import fovea.app.ingest.Folder;
import fovea.app.ingest.LabelsFile;
import fovea.app.ingest.Listing;
import fovea.core.frame.FrameSpec;
import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomImage;
import fovea.core.phantom.PhantomSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Image files that a run's images take their content from, over and over. */
final class PayloadPool {
  private static final int IMAGES = 240;
  private static final int SIDE = 112;
  private static final int SITES = 2;

  private PayloadPool() {}

  /** From a folder, with its {@code labels.csv} where it has one, or from the phantom. */
  static List<Payload> of(Optional<Path> folder, FrameSpec frame, long seed) throws IOException {
    return folder.isPresent() ? files(folder.get(), frame) : phantom(frame, seed);
  }

  private static List<Payload> phantom(FrameSpec frame, long seed) {
    Phantom phantom = new Phantom(PhantomSpec.of(seed, Instant.EPOCH).withSide(SIDE));
    List<Payload> pool = new ArrayList<>(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      PhantomImage image = phantom.image(i);
      pool.add(
          new Payload(
              ByteBuffer.wrap(ImageFile.JPEG.encode(image.raster())),
              modality(frame),
              Optional.of(image.view()),
              Optional.of(image.laterality()),
              image.site()));
    }
    return pool;
  }

  private static List<Payload> files(Path folder, FrameSpec frame) throws IOException {
    Path table = folder.resolve("labels.csv");
    Optional<LabelsFile> labels =
        Files.exists(table) ? Optional.of(LabelsFile.read(table)) : Optional.empty();
    List<Payload> pool = new ArrayList<>();
    for (Listing listing : Folder.read(folder, labels).listings()) {
      if (pool.size() < IMAGES) {
        pool.add(payload(listing, frame, "site-" + pool.size() % SITES));
      }
    }
    if (pool.isEmpty()) {
      throw new IOException("there are no images in " + folder);
    }
    return pool;
  }

  private static Payload payload(Listing listing, FrameSpec frame, String site) throws IOException {
    return new Payload(
        ByteBuffer.wrap(Files.readAllBytes(listing.file())),
        modality(frame),
        listing.view().or(() -> new TreeSet<>(frame.views()).stream().findFirst()),
        listing.laterality(),
        site);
  }

  /** A model that accepts every modality is served what X-rays are. */
  private static String modality(FrameSpec frame) {
    return new TreeSet<>(frame.modalities()).stream().findFirst().orElse("DX");
  }
}

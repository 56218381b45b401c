package fovea.inference;

import fovea.core.frame.Template;
import fovea.core.frame.TemplateBuilder;
import fovea.core.image.DecodeLimits;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of a programme's images: at most {@value #MOST} of them, evenly spaced in the order of
 * their names. Thread-confined.
 */
final class ImageSample {
  static final int MOST = 1000;
  private static final DecodeLimits LIMITS = new DecodeLimits(1L << 28, 100_000_000);

  private final List<Path> files;
  private final Manifest.Input input;
  private final TensorFormat format;
  private final ImageDecoder decoder = new ImageDecoder(LIMITS);
  private final TemplateBuilder template = new TemplateBuilder();
  private int readable;

  ImageSample(Path folder, Manifest.Input input) {
    this(folder, input, MOST);
  }

  /**
   * @param most files, instead of {@value #MOST}
   */
  ImageSample(Path folder, Manifest.Input input, int most) {
    this.files = spaced(files(folder), most);
    this.input = input;
    this.format =
        new TensorFormat(
            input.channels(), input.height(), input.width(), input.mean(), input.std());
  }

  /** The readable images, one a batch, decoded when they are asked for; to be iterated once. */
  Iterable<ImageBatch> images() {
    return () -> files.stream().map(this::read).flatMap(Optional::stream).iterator();
  }

  /**
   * What the images that were iterated have in common.
   *
   * @throws ModelRefusedException if none could be read
   */
  Template template() {
    if (readable == 0) {
      throw new ModelRefusedException("none of the %d files is an image".formatted(files.size()));
    }
    return template.build();
  }

  int readable() {
    return readable;
  }

  int unreadable() {
    return files.size() - readable;
  }

  private Optional<ImageBatch> read(Path file) {
    try {
      return switch (decoder.decode(Files.readAllBytes(file))) {
        case Decoded.Image(Raster raster) -> Optional.of(tensor(raster));
        case Decoded.Refused refused -> Optional.empty();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private ImageBatch tensor(Raster raster) {
    readable++;
    template.add(raster, false);
    ImageBatch batch = new ImageBatch(1, input.channels(), input.height(), input.width());
    format.write(raster, batch.image(0));
    return batch;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ModelRefusedException("no folder of images: " + folder);
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static List<Path> spaced(List<Path> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}

package fovea.core.image;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Readers that wait for their next file: looking one up costs more than decoding a small image.
 *
 * <p>Thread-safe; holds at most as many readers a format as ever ran at once.
 */
final class ReaderPool {
  private final Map<ImageFormat, Queue<ImageReader>> idle = new EnumMap<>(ImageFormat.class);

  ReaderPool() {
    for (ImageFormat format : ImageFormat.values()) {
      idle.put(format, new ConcurrentLinkedQueue<>());
    }
  }

  /** A reader for one thread alone; empty where no plug-in reads the format. */
  Optional<ImageReader> take(ImageFormat format) {
    ImageReader waiting = queue(format).poll();
    if (waiting != null) {
      return Optional.of(waiting);
    }
    Iterator<ImageReader> fresh = ImageIO.getImageReadersByFormatName(format.imageIoName());
    return fresh.hasNext() ? Optional.of(fresh.next()) : Optional.empty();
  }

  /** Gives back a reader that finished a file without complaint; any other is to be disposed of. */
  void give(ImageFormat format, ImageReader reader) {
    reader.reset();
    queue(format).add(reader);
  }

  private Queue<ImageReader> queue(ImageFormat format) {
    return idle.computeIfAbsent(format, f -> new ConcurrentLinkedQueue<>());
  }
}

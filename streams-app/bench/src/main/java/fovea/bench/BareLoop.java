package fovea.bench;

import fovea.core.image.DecodeLimits;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.TensorFormat;
import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.modelstore.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a plain program would do: plain threads that read, decode, preprocess and run the model. */
final class BareLoop {
  private final List<Path> files;
  private final Classifier classifier;
  private final TensorFormat format;
  private final ImageDecoder decoder =
      new ImageDecoder(new DecodeLimits(Long.MAX_VALUE, Long.MAX_VALUE));
  private final int threads;
  private final ProcessCpu cpu = new ProcessCpu();

  BareLoop(List<Path> files, Manifest manifest, Classifier classifier, int threads) {
    Manifest.Input input = manifest.input();
    this.files = files;
    this.classifier = classifier;
    this.threads = threads;
    this.format =
        new TensorFormat(
            input.channels(), input.height(), input.width(), input.mean(), input.std());
  }

  Cost pass(int images) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicLong[] nanos = {new AtomicLong(), new AtomicLong(), new AtomicLong()};
    double cpuBefore = cpu.millis();
    long start = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(Thread.ofPlatform().name("bare-" + t).start(() -> work(next, images, nanos)));
    }
    for (Thread thread : running) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Cost.Steps steps =
        new Cost.Steps(
            nanos[0].get() / 1e6 / images,
            nanos[1].get() / 1e6 / images,
            nanos[2].get() / 1e6 / images);
    return new Cost(images, cpu.millis() - cpuBefore, seconds, seconds, steps);
  }

  private void work(AtomicInteger next, int images, AtomicLong[] nanos) {
    ImageBatch batch = new ImageBatch(1, format.channels(), format.height(), format.width());
    for (int i = next.getAndIncrement(); i < images; i = next.getAndIncrement()) {
      byte[] content = read(files.get(i % files.size()));
      long t0 = System.nanoTime();
      if (!(decoder.decode(content) instanceof Decoded.Image decoded)) {
        throw new IllegalStateException("not an image: " + files.get(i % files.size()));
      }
      long t1 = System.nanoTime();
      format.write(decoded.raster(), batch.image(0));
      long t2 = System.nanoTime();
      classifier.classify(batch).toCompletableFuture().join();
      nanos[0].addAndGet(t1 - t0);
      nanos[1].addAndGet(t2 - t1);
      nanos[2].addAndGet(System.nanoTime() - t2);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

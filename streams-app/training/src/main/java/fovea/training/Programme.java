package fovea.training;

import fovea.core.frame.Template;
import fovea.core.frame.TemplateBuilder;
import fovea.core.image.DecodeLimits;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.core.phantom.ImageFile;
import fovea.core.phantom.Lesion;
import fovea.core.phantom.Phantom;
import fovea.core.phantom.PhantomImage;
import fovea.core.phantom.PhantomSite;
import fovea.core.phantom.PhantomSite.Tint;
import fovea.core.phantom.PhantomSpec;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The phantom's images as a programme would send them: several sites and sizes, half of them
 * compressed as JPEG.
 */
final class Programme {
  private static final List<Integer> SIDES = List.of(128, 160, 192, 224);

  /** Every third image, so that more subjects are seen than their later exams. */
  private static final int STRIDE = 3;

  private static final DecodeLimits LIMITS = new DecodeLimits(1 << 24, 1 << 24);

  private final List<Phantom> phantoms;
  private final TensorFormat format;
  private final TemplateBuilder template = new TemplateBuilder();

  Programme(long seed, int side, List<PhantomSite> sites) {
    PhantomSpec spec = PhantomSpec.of(seed, Instant.EPOCH).withSites(sites);
    this.phantoms = SIDES.stream().map(s -> new Phantom(spec.withSide(s))).toList();
    this.format =
        new TensorFormat(
            NetSpec.COLOURS,
            side,
            side,
            Collections.nCopies(NetSpec.COLOURS, 0f),
            Collections.nCopies(NetSpec.COLOURS, 1f));
  }

  /** More kinds of cameras than a demonstration shows. */
  static List<PhantomSite> manySites() {
    List<PhantomSite> sites = new ArrayList<>(ownSites());
    sites.add(new PhantomSite("east", "Retinograph C", "1.0", new Tint(1.08, 0.92, 0.85), 5));
    sites.add(new PhantomSite("west", "Retinograph D", "3.3", new Tint(0.82, 0.88, 1), 9));
    sites.add(new PhantomSite("hill", "Retinograph E", "2.0", new Tint(1.05, 1.05, 1.05), 2));
    return sites;
  }

  /** The sites of a phantom that nobody configured. */
  static List<PhantomSite> ownSites() {
    return PhantomSpec.of(0, Instant.EPOCH).sites();
  }

  /** The first {@code count} examples; {@code done} hears how many there are so far. */
  List<Example> examples(int count, IntConsumer done) {
    List<Example> out = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      out.add(numbered(k));
      done.accept(k + 1);
    }
    return out;
  }

  /** What all images so far have in common. */
  Template template() {
    return template.build();
  }

  private Example numbered(int k) {
    PhantomImage image = phantoms.get(k % SIDES.size()).image((long) STRIDE * k);
    boolean lossless = k / SIDES.size() % 2 == 0;
    Raster raster = lossless ? image.raster() : compressed(image.raster());
    template.add(raster, image.laterality().equals("R"));
    return example(image, raster);
  }

  /** What a net sees of an image that nobody compressed. */
  Example example(PhantomImage image) {
    return example(image, image.raster());
  }

  private Example example(PhantomImage image, Raster raster) {
    boolean right = image.laterality().equals("R");
    FloatBuffer tensor = FloatBuffer.allocate(NetSpec.COLOURS * format.height() * format.width());
    format.write(right ? raster.mirrored() : raster, tensor);
    byte[] samples = new byte[tensor.capacity()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.clamp(Math.round(tensor.get(i)), 0, 255);
    }
    Set<Integer> labels = image.lesions().stream().map(Lesion::ordinal).collect(Collectors.toSet());
    String subject = image.subjectId();
    return new Example(samples, labels, Math.floorMod(subject.hashCode(), 10), subject);
  }

  private static Raster compressed(Raster raster) {
    return switch (new ImageDecoder(LIMITS).decode(ImageFile.JPEG.encode(raster))) {
      case Decoded.Image image -> image.raster();
      case Decoded.Refused refused -> throw new IllegalStateException(refused.message());
    };
  }
}

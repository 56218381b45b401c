package fovea.training;

import fovea.core.evaluation.SubjectSplit;
import fovea.core.frame.Template;
import fovea.core.frame.TemplateBuilder;
import fovea.core.image.DecodeLimits;
import fovea.core.image.Decoded;
import fovea.core.image.ImageDecoder;
import fovea.core.image.Raster;
import fovea.core.image.TensorFormat;
import fovea.modelstore.evaluation.LabelledImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Images of a folder as a net sees them.
 *
 * @param labels in the order of the net's outputs
 * @param examples all of them, in the table's order
 * @param template of those that are not held out
 */
record FolderData(List<String> labels, List<Example> examples, Template template) {
  private static final DecodeLimits LIMITS = new DecodeLimits(1 << 26, 1 << 26);

  FolderData {
    labels = List.copyOf(labels);
    examples = List.copyOf(examples);
  }

  /**
   * Which columns say what.
   *
   * @param label the one label that is present
   * @param subject the pseudonym by which images are divided
   */
  record Columns(String label, String subject) {}

  /**
   * Reads every image; {@code done} hears how many there are so far.
   *
   * @throws IllegalArgumentException if an image cannot be decoded
   */
  static FolderData read(LabelledImages table, Columns columns, int side, IntConsumer done) {
    List<String> labels = table.distinct(columns.label());
    TensorFormat format = new TensorFormat(1, side, side, List.of(0f), List.of(1f));
    TemplateBuilder template = new TemplateBuilder();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Raster raster = raster(table, i);
      int fold = SubjectSplit.fold(table.value(i, columns.subject()));
      if (!SubjectSplit.heldOut(fold)) {
        template.add(raster, false);
      }
      int label = labels.indexOf(table.value(i, columns.label()));
      examples.add(new Example(samples(raster, format), Set.of(label), fold));
      done.accept(i + 1);
    }
    return new FolderData(labels, examples, template.build());
  }

  private static Raster raster(LabelledImages table, int i) {
    try {
      return switch (new ImageDecoder(LIMITS).decode(Files.readAllBytes(table.file(i)))) {
        case Decoded.Image image -> image.raster();
        case Decoded.Refused refused ->
            throw new IllegalArgumentException(table.file(i) + ": " + refused.message());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + table.file(i), e);
    }
  }

  private static byte[] samples(Raster raster, TensorFormat format) {
    FloatBuffer tensor = FloatBuffer.allocate(format.height() * format.width());
    format.write(raster, tensor);
    byte[] samples = new byte[tensor.capacity()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.clamp(Math.round(tensor.get(i)), 0, 255);
    }
    return samples;
  }

  /** What a net learns from. */
  List<Example> train() {
    return examples.stream()
        .filter(e -> !SubjectSplit.heldOut(e.fold()) && !SubjectSplit.validation(e.fold()))
        .toList();
  }

  /** What decides when it stops. */
  List<Example> validation() {
    return examples.stream().filter(e -> SubjectSplit.validation(e.fold())).toList();
  }

  /** What no step sees. */
  List<Example> heldOut() {
    return examples.stream().filter(e -> SubjectSplit.heldOut(e.fold())).toList();
  }
}

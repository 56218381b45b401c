package fovea.inference;

import fovea.modelstore.Manifest;
import fovea.modelstore.OnnxGraph;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code model-card.md} of a model whose author is not asked: only what was given or seen. */
final class ModelCard {
  private ModelCard() {}

  static byte[] write(Manifest manifest, OnnxGraph source, List<String> notes) {
    String text =
        """
        # %s

        Added to this store from an ONNX file (opset %d, %d weights).

        * Labels: %s; validated: %s; link: %s.
        * Input: %s.
        * Licence: %s.
        * Training data: %s.

        ## What was decided when it was added

        %s

        ## What is not known

        How well the model predicts was not measured here, and nobody here says what it is for.
        Thresholds are 0.5 until someone who knows the model sets others, which is a new version.

        ## What the file says of itself, unchecked

        %s
        """
            .formatted(
                manifest.id(),
                source.opset(),
                source.weights(),
                String.join(", ", manifest.labels()),
                String.join(", ", manifest.positive()),
                manifest.link().name().toLowerCase(Locale.ROOT),
                input(manifest.input()),
                manifest.licence(),
                manifest.trainingData(),
                bullets(notes),
                bullets(metadata(source)));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String input(Manifest.Input input) {
    return "%d x %d x %d, (sample - %s) / %s"
        .formatted(input.channels(), input.height(), input.width(), input.mean(), input.std());
  }

  private static List<String> metadata(OnnxGraph source) {
    return source.metadata().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .toList();
  }

  private static String bullets(List<String> lines) {
    return lines.isEmpty()
        ? "Nothing."
        : lines.stream()
            .map(line -> "* " + line.replaceAll("\\R", " "))
            .collect(Collectors.joining("\n"));
  }
}

package fovea.inference;

import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.OnnxGraph;
import java.util.List;
import java.util.Locale;

/** Says what a graph was seen to be, and what was made of it. */
final class Sighting {
  private final OnnxGraph source;
  private final GivenGraph given;

  Sighting(OnnxGraph source, GivenGraph given) {
    this.source = source;
    this.given = given;
  }

  void tell(List<String> notes) {
    tellInput(notes);
    given.found().ifPresentOrElse(found -> tell(found, notes), () -> notes.add(theAuthors()));
  }

  /** That it is a black box, and why. */
  void tellBlackBox(String reason, Found found, List<String> notes) {
    tellInput(notes);
    notes.add("A black box: " + reason + ".");
    notes.add(
        "Found: output '%s'; link %s. Its logits are the model's only output."
            .formatted(found.output(), link(found)));
  }

  private void tellInput(List<String> notes) {
    String input = source.inputs().isEmpty() ? "none" : source.inputs().getFirst().toString();
    String layout =
        given.graph().inputs().equals(source.inputs()) ? "" : " (turned or cast to fit)";
    notes.add(
        "Found: input %s%s; opset %d; %d weights."
            .formatted(input, layout, source.opset(), source.weights()));
  }

  private static String link(Found found) {
    return found.link().map(l -> l.name().toLowerCase(Locale.ROOT)).orElse("not shown");
  }

  private String theAuthors() {
    if (given.prototypes().isPresent()) {
      return "Found: "
          + given.prototypes().get().said()
          + ". Made: evidence, by placing what each prototype adds in the cell where it is found;"
          + " the bias is the offset. Exact.";
    }
    return "Found: outputs logits and evidence; the author's evidence is used.";
  }

  private static void tell(Found found, List<String> notes) {
    notes.add(
        "Found: output '%s'; pooling %s; head %s; link %s."
            .formatted(found.output(), found.pooling(), found.head(), link(found)));
    notes.add(made(found));
    if (found.float16()) {
      notes.add(
          "Made: input and outputs are float32; the graph inside keeps its precision, and the head"
              + " is computed in float32.");
    }
  }

  private static String made(Found found) {
    if (found.linear()) {
      return "Made: evidence, by applying the head to every cell; the bias is the offset. Exact.";
    }
    return found.exact()
        ? "Made: evidence, by applying the head's tangent at each image to every cell; what its"
            + " biases add is an offset per image. Exact, because the head is linear in pieces."
        : "Made: first-order evidence (explainer gradcam), because the head has a smooth"
            + " activation: it shows where the logit would change, and is no share of it.";
  }
}

package fovea.inference;

import fovea.modelstore.HeadReading.Found;
import fovea.modelstore.Link;
import fovea.modelstore.MetadataLabels;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Fills in what a user did not say, and notes where each answer comes from. */
final class Guesses {
  private static final Pattern SYMMETRIC = Pattern.compile("/\\s*127\\.5\\s*-\\s*1");
  private static final Pattern UNIT = Pattern.compile("/\\s*255");

  private final ModelAdd.Request request;
  private final OnnxGraph source;
  private final GivenGraph given;
  private final List<String> notes;

  /**
   * @param source the file as it is
   * @param given what becomes of it
   * @param notes where guesses are said
   */
  Guesses(ModelAdd.Request request, OnnxGraph source, GivenGraph given, List<String> notes) {
    this.request = request;
    this.source = source;
    this.given = given;
    this.notes = notes;
  }

  /** The request, complete. */
  ModelAdd.Request completed() {
    List<String> labels = labels();
    return request.with(labels, input(), link(labels));
  }

  private List<String> labels() {
    int count = labelCount();
    if (!request.labels().isEmpty()) {
      if (count > 0 && count != request.labels().size()) {
        throw new ModelRefusedException(
            "the graph has %d logits, labels were given for %d: %s"
                .formatted(count, request.labels().size(), request.labels()));
      }
      return request.labels();
    }
    Optional<List<String>> said = MetadataLabels.of(source, count);
    said.ifPresent(names -> notes.add("Labels, from the file's metadata: " + names + "."));
    return said.orElseGet(() -> numbered(count));
  }

  private int labelCount() {
    return given
        .found()
        .map(Found::labels)
        .or(() -> given.prototypes().map(placed -> placed.weights().size()))
        .orElseGet(
            () ->
                source
                    .output("logits")
                    .filter(logits -> logits.shape().size() == 2)
                    .map(logits -> (int) Math.max(0, logits.shape().get(1)))
                    .orElse(0));
  }

  private List<String> numbered(int count) {
    if (count == 0) {
      throw new ModelRefusedException("the graph does not say how many labels it has: --labels");
    }
    List<String> names = IntStream.range(0, count).mapToObj(i -> "label-" + i).toList();
    notes.add("A guess: nobody named the labels, so they are called " + names + " (--labels).");
    return names;
  }

  private Link link(List<String> labels) {
    Optional<Link> shown = given.found().flatMap(Found::link);
    if (request.link().isPresent() && shown.isPresent() && !request.link().equals(shown)) {
      throw new ModelRefusedException(
          "--link %s was said, the graph's last node is %s"
              .formatted(request.link().get(), shown.get()));
    }
    Link link =
        request.link().or(() -> shown).orElse(labels.size() > 1 ? Link.SOFTMAX : Link.SIGMOID);
    if (link == Link.SOFTMAX && labels.size() < 2) {
      throw new ModelRefusedException("softmax needs two labels or more: " + labels);
    }
    if (request.link().isEmpty() && shown.isEmpty() && link == Link.SOFTMAX) {
      notes.add(
          "A guess: nobody said whether the labels exclude each other; they are taken to (link"
              + " softmax). If an image can have several, add the model with --link sigmoid.");
    }
    return link;
  }

  private InputSpec input() {
    return request.input().orElseGet(this::guessed);
  }

  private InputSpec guessed() {
    if (given.graph().inputs().size() != 1) {
      throw new ModelRefusedException(
          "the graph must have one input, it has " + given.graph().inputs());
    }
    List<Long> shape = given.graph().inputs().getFirst().shape();
    boolean told =
        shape.size() == 4
            && (shape.get(1) == 1 || shape.get(1) == 3)
            && shape.get(2) > 0
            && shape.get(3) > 0;
    if (!told) {
      throw new ModelRefusedException(
          "the graph does not say its input's size, say --input: " + given.graph().inputs());
    }
    InputSpec spec = scaled(size(shape));
    notes.add("A guess: the input is taken as " + spec + why() + " (--input).");
    return spec;
  }

  private static InputSpec size(List<Long> shape) {
    long side = Math.max(shape.get(2), shape.get(3));
    if (side > Short.MAX_VALUE) {
      throw new ModelRefusedException("the graph's input is too large: " + shape);
    }
    return new InputSpec(
        shape.get(1).intValue(), shape.get(2).intValue(), shape.get(3).intValue(), 1, 0);
  }

  private InputSpec scaled(InputSpec size) {
    if (SYMMETRIC.matcher(said()).find() || (said().isEmpty() && keras())) {
      return scaled(size, 1 / 127.5, -1);
    }
    if (UNIT.matcher(said()).find() || size.channels() == 1 || !torch()) {
      return scaled(size, 1.0 / 255, 0);
    }
    return new InputSpec(size.channels(), size.height(), size.width(), 1, 0, true);
  }

  private static InputSpec scaled(InputSpec size, double scale, double shift) {
    return new InputSpec(size.channels(), size.height(), size.width(), scale, shift);
  }

  private String why() {
    if (!said().isEmpty()) {
      return ", from the file's metadata '" + said() + "'";
    }
    return source.producer().isEmpty()
        ? ", because that is common"
        : ", because that is common where " + source.producer() + " is used";
  }

  private String said() {
    return source.metadata().getOrDefault("preprocess", "");
  }

  private boolean keras() {
    return source.producer().matches("(?i).*(tf2onnx|keras|tensorflow).*");
  }

  private boolean torch() {
    return source.producer().matches("(?i).*torch.*");
  }
}

package fovea.inference;

import fovea.core.inference.InferenceException;
import fovea.modelstore.Link;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.Readings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Adds a graph to a store, as a model of contract {@code evidence/1}: one that has outputs {@code
 * logits} and {@code evidence}, a plain classifier that is rewritten, or a black box, which is
 * explained from outside.
 *
 * <p>What the user need not say is read off the graph, guessed and said to be guessed, or found by
 * running the graph on seeded images: offset, scale, balance over labels, parity vectors.
 * Thread-safe; costs some dozens of inferences, and one per image of a sample; of a black box some
 * hundreds more.
 */
public final class ModelAdd {
  private final InferenceConfig config;

  public ModelAdd(InferenceConfig config) {
    this.config = config;
  }

  /**
   * What a user says.
   *
   * @param onnx the graph's file
   * @param id the model's id
   * @param labels in the graph's order; empty takes the graph's metadata, or numbers
   * @param positive labels to validate; empty leaves the choice to Fovea, which says it
   * @param input what the graph takes; if empty it is guessed, and said to be guessed
   * @param link from logits to probabilities; if empty the graph's own, else sigmoid for one label
   *     and softmax for more
   * @param store folder that holds a folder per id
   * @param images folder of the programme's images, from which a frame's template is made
   * @param probing how it is explained if it is a black box
   */
  public record Request(
      Path onnx,
      String id,
      List<String> labels,
      List<String> positive,
      Optional<InputSpec> input,
      Optional<Link> link,
      Path store,
      Optional<Path> images,
      Probing probing) {
    public Request {
      labels = List.copyOf(labels);
      positive = List.copyOf(positive);
    }

    /** The same with what was not said filled in. */
    Request with(List<String> foundLabels, InputSpec foundInput, Link foundLink) {
      return new Request(
          onnx,
          id,
          foundLabels,
          positive,
          Optional.of(foundInput),
          Optional.of(foundLink),
          store,
          images,
          probing);
    }
  }

  /**
   * Adds the model.
   *
   * @throws java.io.UncheckedIOException if the store cannot be written or an image not be read
   */
  public Adding add(Request request) {
    return add(request, Readings.NONE);
  }

  /**
   * Adds the model, with how its further outputs are read.
   *
   * @param readings weights of prototypes may be missing: they are read off the graph
   * @throws java.io.UncheckedIOException if the store cannot be written or an image not be read
   */
  public Adding add(Request request, Readings readings) {
    try {
      return new Addition(config, request, readings).run();
    } catch (ModelRefusedException e) {
      return new Adding.Refused(String.valueOf(e.getMessage()));
    } catch (InferenceException e) {
      return new Adding.Refused("the engine cannot run the graph: " + ModelLoader.cause(e));
    }
  }
}

package fovea.inference;

import fovea.core.inference.InferenceException;
import fovea.modelstore.Link;
import fovea.modelstore.ModelRefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Adds a graph that has outputs {@code logits} and {@code evidence} to a store, as a model of
 * contract {@code evidence/1}.
 *
 * <p>What the user need not say is found by running the graph on seeded images: offset, scale,
 * balance over labels, parity vectors. Thread-safe; costs some dozens of inferences, and one per
 * image of a sample.
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
   * @param labels in the graph's order
   * @param positive labels to validate; empty leaves the choice to Fovea, which says it
   * @param input what the graph takes
   * @param link from logits to probabilities; if empty, sigmoid for one label and softmax for more
   * @param store folder that holds a folder per id
   * @param images folder of the programme's images, from which a frame's template is made
   */
  public record Request(
      Path onnx,
      String id,
      List<String> labels,
      List<String> positive,
      InputSpec input,
      Optional<Link> link,
      Path store,
      Optional<Path> images) {
    public Request {
      labels = List.copyOf(labels);
      positive = List.copyOf(positive);
    }
  }

  /**
   * Adds the model.
   *
   * @throws java.io.UncheckedIOException if the store cannot be written or an image not be read
   */
  public Adding add(Request request) {
    try {
      return new Addition(config, request).run();
    } catch (ModelRefusedException e) {
      return new Adding.Refused(String.valueOf(e.getMessage()));
    } catch (InferenceException e) {
      return new Adding.Refused("the engine cannot run the graph: " + ModelLoader.cause(e));
    }
  }
}

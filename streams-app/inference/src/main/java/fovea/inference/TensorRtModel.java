package fovea.inference;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import fovea.modelstore.ModelRefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A graph on TensorRT, or on what the options let it fall back to.
 *
 * <p>Options: {@code providers}, by comma, and {@code precision}, as in the configuration. What
 * runs is property {@code provider} of the loaded model.
 */
final class TensorRtModel extends BaseModel {
  private static final String CONFIG = "fovea.config";
  private static final String GRAPH = "fovea.graph";
  private Optional<LoadedGraph> loaded = Optional.empty();

  TensorRtModel(String name, NDManager manager) {
    super(name);
    this.manager = manager;
  }

  /** Options that say everything. */
  static Map<String, Object> options(InferenceConfig config, GraphFile graph) {
    return Map.of(CONFIG, config, GRAPH, graph);
  }

  @Override
  public void load(Path path, @Nullable String prefix, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    Map<String, ?> given = options == null ? Map.of() : options;
    GraphFile graph =
        given.get(GRAPH) instanceof GraphFile known ? known : GraphFile.of(file(path, prefix));
    setModelDir(path);
    try {
      LoadedGraph took = new ProviderLadder(config(given)).load(graph);
      // Its own is of no use any more, and must not be the session's: DJL closes the manager of a
      // model that is collected, and the session may outlive this model.
      manager.close();
      block = took.model().getBlock();
      loaded = Optional.of(took);
      setProperty("provider", took.report().provider());
    } catch (ModelRefusedException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
  }

  @Override
  public NDManager getNDManager() {
    return loaded.map(took -> took.model().getNDManager()).orElse(manager);
  }

  /** The session itself, which closes with this model or instead of it. */
  LoadedGraph loaded() {
    return loaded.orElseThrow(() -> new IllegalStateException("the model is not loaded"));
  }

  @Override
  public void close() {
    loaded.map(LoadedGraph::model).ifPresentOrElse(Model::close, manager::close);
  }

  private static InferenceConfig config(Map<String, ?> options) {
    if (options.get(CONFIG) instanceof InferenceConfig config) {
      return config;
    }
    InferenceConfig own = new InferenceConfig(InferenceConfig.TENSOR_RT, 1);
    Object providers = options.get("providers");
    Object precision = options.get("precision");
    return new InferenceConfig(
        own.engine(),
        providers == null ? own.providers() : providers(providers.toString()),
        false,
        precision == null ? own.precision() : Precision.of(precision.toString()),
        own.cpu(),
        own.gpu());
  }

  private static List<Provider> providers(String words) {
    return Arrays.stream(words.split(",", -1)).map(String::strip).map(Provider::of).toList();
  }

  private static Path file(Path path, @Nullable String prefix) throws FileNotFoundException {
    if (Files.isRegularFile(path)) {
      return path;
    }
    for (String name : List.of(prefix == null ? "model" : prefix, "model")) {
      Path file = path.resolve(name.endsWith(".onnx") ? name : name + ".onnx");
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new FileNotFoundException("no .onnx file in " + path);
  }
}

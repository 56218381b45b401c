package fovea.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.aggregate.ModelVersion;
import fovea.core.map.KeyCount;
import fovea.schema.ModelEvent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is known of each model version: what it says of itself, and which maps there are. */
final class ModelJson {
  private static final Comparator<ModelVersion> ORDER = Comparator.comparing(ModelVersion::variant);

  private final ObjectMapper mapper = new ObjectMapper();

  /** One entry per model version that was announced or has a map. */
  ObjectNode list(ReadModels models) {
    Map<String, Map<ModelVersion, List<KeyCount>>> maps = new TreeMap<>();
    models
        .maps()
        .keys()
        .collect(Collectors.groupingBy(one -> one.key().model()))
        .forEach(
            (model, keys) ->
                maps.computeIfAbsent(name(model.id(), model.version()), n -> new TreeMap<>(ORDER))
                    .put(model, keys));
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode list = out.putArray("models");
    for (ModelEvent event : models.catalogue().all()) {
      ObjectNode model = announced(event);
      String name = name(event.getModel(), event.getModelVersion());
      list.add(withMaps(model, maps.getOrDefault(name, Map.of())));
      maps.remove(name);
    }
    maps.values().forEach(variants -> list.add(withMaps(unannounced(variants), variants)));
    return out;
  }

  private ObjectNode announced(ModelEvent event) {
    JsonNode manifest = manifest(event.getManifest());
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("model", event.getModel()).put("version", event.getModelVersion());
    out.put("variant", event.getVariant()).put("status", event.getStatus());
    if (event.getReason() != null) {
      out.put("reason", event.getReason());
    }
    out.put("engine", event.getEngine()).put("provider", event.getProvider());
    out.put("sha256", event.getModelSha256()).put("at", event.getAt().toString());
    event.getLabels().forEach(out.putArray("labels")::add);
    event.getPositive().forEach(out.putArray("positive")::add);
    out.set(
        "thresholds",
        manifest.path("thresholds").isObject()
            ? manifest.path("thresholds")
            : JsonNodeFactory.instance.objectNode());
    explainer(manifest.path("explainer")).ifPresent(one -> out.set("explainer", one));
    String training = manifest.path("trainingData").asText("");
    out.put("trainingData", training).put("licence", manifest.path("licence").asText(""));
    out.put("synthetic", synthetic(training));
    return out;
  }

  /** What makes the maps, and of a black box for which share of images. */
  private static Optional<ObjectNode> explainer(JsonNode said) {
    if (!said.path("id").isTextual()) {
      return Optional.empty();
    }
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("id", said.path("id").textValue());
    if (said.path("parameters").isObject()) {
      out.set("parameters", said.path("parameters"));
    }
    boolean asked = said.path("probe").isObject();
    out.put("blackBox", asked);
    out.put("share", asked ? said.path("probe").path("share").asDouble() : 1.0);
    return Optional.of(out);
  }

  private static ObjectNode unannounced(Map<ModelVersion, List<KeyCount>> variants) {
    ModelVersion any = variants.keySet().iterator().next();
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("model", any.id()).put("version", any.version()).put("variant", any.variant());
    out.put("status", "UNKNOWN").put("synthetic", false);
    names(
        out,
        "labels",
        variants.values().stream().flatMap(List::stream).toList(),
        k -> k.key().label());
    out.putArray("positive");
    return out;
  }

  private static ObjectNode withMaps(ObjectNode model, Map<ModelVersion, List<KeyCount>> variants) {
    ArrayNode maps = model.putArray("maps");
    variants.forEach(
        (variant, keys) -> {
          ObjectNode out = maps.addObject().put("variant", variant.variant());
          names(out, "labels", keys, k -> k.key().label());
          names(out, "frames", keys, k -> k.key().frame());
          names(out, "sites", keys, k -> k.key().site());
          names(out, "bases", keys, k -> k.key().basis().name());
          names(out, "quantities", keys, k -> k.key().quantity().name());
          names(out, "days", keys, k -> k.key().pane().toString());
        });
    return model;
  }

  private static void names(
      ObjectNode into, String field, Collection<KeyCount> keys, Function<KeyCount, String> name) {
    SortedSet<String> names =
        keys.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    names.forEach(into.putArray(field)::add);
  }

  /** A manifest that cannot be read says nothing. */
  private JsonNode manifest(String json) {
    try {
      return mapper.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean synthetic(String trainingData) {
    String words = trainingData.toLowerCase(Locale.ROOT);
    return words.contains("synthetic") || words.contains("phantom");
  }

  private static String name(String id, String version) {
    return id + "/" + version;
  }
}

package fovea.modelstore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.explainer.lesion.Diagnosis;
import fovea.core.explainer.lesion.LesionModel;
import fovea.core.explainer.lesion.LesionPooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code readings.json}: written stably, read strictly, as a manifest is. */
public final class ReadingsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String WEIGHTED = "weighted";
  private static final String NOISY_OR = "noisy-or";

  private ReadingsJson() {}

  /** Pretty-printed; equal readings give equal bytes. */
  public static byte[] write(Readings readings) {
    ObjectNode out = JSON.objectNode();
    readings.prototypes().ifPresent(p -> out.set("prototypes", prototypes(p)));
    readings.lesions().ifPresent(l -> out.set("lesions", lesions(l)));
    readings.abnormality().ifPresent(label -> out.put("abnormality", label));
    return ManifestJson.pretty(out);
  }

  /**
   * What is in these bytes.
   *
   * @throws ModelRefusedException naming the field
   */
  public static Readings read(byte[] json) {
    JsonFields fields = new JsonFields("", ManifestJson.parse(json));
    try {
      Readings readings =
          new Readings(
              fields.objectIf("prototypes").map(ReadingsJson::prototypes),
              fields.objectIf("lesions").map(ReadingsJson::lesions),
              fields.has("abnormality")
                  ? Optional.of(fields.text("abnormality"))
                  : Optional.empty());
      fields.end();
      return readings;
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(Readings.FILE + ": " + e.getMessage(), e);
    }
  }

  /** {@code weighted} or {@code noisy-or}. */
  public static String path(Diagnosis diagnosis) {
    return switch (diagnosis) {
      case Diagnosis.Weighted _ -> WEIGHTED;
      case Diagnosis.NoisyOr _ -> NOISY_OR;
    };
  }

  private static ObjectNode prototypes(Readings.Prototypes prototypes) {
    ObjectNode out = JSON.objectNode().put("top", prototypes.top());
    if (!prototypes.names().isEmpty()) {
      out.set("names", texts(prototypes.names()));
    }
    if (!prototypes.weights().isEmpty()) {
      ArrayNode rows = out.putArray("weights");
      prototypes.weights().forEach(row -> row.forEach(rows.addArray()::add));
    }
    return out;
  }

  private static Readings.Prototypes prototypes(JsonFields json) {
    Readings.Prototypes out =
        new Readings.Prototypes(
            json.has("top") ? json.integer("top") : Readings.Prototypes.ANY.top(),
            json.has("names") ? json.texts("names") : List.of(),
            json.has("weights") ? json.floatRows("weights") : List.of());
    json.end();
    return out;
  }

  private static ObjectNode lesions(Readings.Lesions lesions) {
    ObjectNode out = JSON.objectNode();
    out.set("names", texts(lesions.names()));
    out.put("label", lesions.label());
    out.put("pooling", pooling(lesions.model().pooling()));
    out.put("diagnosis", path(lesions.model().diagnosis()));
    if (lesions.model().diagnosis() instanceof Diagnosis.Weighted weighted) {
      weighted.weights().forEach(out.putArray("weights")::add);
      out.put("bias", weighted.bias());
    }
    return out;
  }

  private static Readings.Lesions lesions(JsonFields json) {
    Readings.Lesions out =
        new Readings.Lesions(
            json.texts("names"),
            json.text("label"),
            new LesionModel(pooling(json.text("pooling")), diagnosis(json)));
    json.end();
    return out;
  }

  private static Diagnosis diagnosis(JsonFields json) {
    String path = json.text("diagnosis");
    return switch (path) {
      case WEIGHTED -> new Diagnosis.Weighted(json.numbers("weights"), json.number("bias"));
      case NOISY_OR -> new Diagnosis.NoisyOr();
      default ->
          throw new ModelRefusedException(
              "lesions.diagnosis must be weighted or noisy-or: '%s'".formatted(path));
    };
  }

  private static String pooling(LesionPooling pooling) {
    return switch (pooling) {
      case LesionPooling.GreatestCell _ -> "greatest-cell";
      case LesionPooling.LogSumExp lse -> "log-sum-exp r=" + lse.r();
      case LesionPooling.MeanOfTop top -> "mean-of-top k=" + top.k();
    };
  }

  private static LesionPooling pooling(String text) {
    List<String> words = new ArrayList<>(List.of(text.split(" [rk]=", -1)));
    try {
      return switch (words.removeFirst()) {
        case "greatest-cell" -> new LesionPooling.GreatestCell();
        case "log-sum-exp" -> new LesionPooling.LogSumExp(Double.parseDouble(only(words)));
        case "mean-of-top" -> new LesionPooling.MeanOfTop(Integer.parseInt(only(words)));
        default -> throw new IllegalArgumentException("no such pooling");
      };
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(
          "lesions.pooling must be greatest-cell, log-sum-exp r=… or mean-of-top k=…: '%s'"
              .formatted(text),
          e);
    }
  }

  private static String only(List<String> words) {
    if (words.size() != 1) {
      throw new IllegalArgumentException("one parameter is needed");
    }
    return words.getFirst();
  }

  private static ArrayNode texts(List<String> values) {
    ArrayNode out = JSON.arrayNode();
    values.forEach(out::add);
    return out;
  }
}

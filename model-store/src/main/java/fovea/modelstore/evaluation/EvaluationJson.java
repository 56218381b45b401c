package fovea.modelstore.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.core.evaluation.Figure;
import fovea.core.evaluation.Interval;
import fovea.modelstore.evaluation.Protocol.Atlas;
import fovea.modelstore.evaluation.Protocol.DataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An evaluation as JSON. */
public final class EvaluationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationJson() {}

  /** Pretty, with a line at the end; a number that is not known is null. */
  public static byte[] write(Evaluation evaluation) {
    ObjectNode root = JSON.createObjectNode();
    Protocol p = evaluation.protocol();
    ObjectNode protocol = root.putObject("protocol");
    protocol.set("data", tree(p.data()));
    p.external().ifPresent(e -> protocol.set("external", tree(e)));
    p.atlas()
        .ifPresent(
            a ->
                protocol
                    .putObject("atlas")
                    .put("folder", a.folder())
                    .put("suffix", a.suffix())
                    .put("region", a.region()));
    protocol.put("fill", p.fill()).put("samples", p.samples()).put("seed", p.seed());
    ArrayNode figures = root.putArray("figures");
    evaluation.figures().forEach(f -> figures.add(tree(f)));
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("an evaluation could not be written", e);
    }
  }

  private static ObjectNode tree(DataSet d) {
    ObjectNode out =
        JSON.createObjectNode()
            .put("folder", d.folder())
            .put("table", d.table())
            .put("label", d.label())
            .put("subject", d.subject());
    ObjectNode labels = out.putObject("labels");
    new TreeMap<>(d.labels()).forEach(labels::put);
    ArrayNode groups = out.putArray("groups");
    d.groups().forEach(groups::add);
    return out;
  }

  private static ObjectNode tree(Figure f) {
    ObjectNode out = JSON.createObjectNode().put("name", f.name()).put("label", f.label());
    put(out, "value", f.estimate().value());
    put(out, "low", f.estimate().low());
    put(out, "high", f.estimate().high());
    return out.put("images", f.images()).put("subjects", f.subjects());
  }

  private static void put(ObjectNode out, String name, double value) {
    if (Double.isFinite(value)) {
      out.put(name, value);
    } else {
      out.putNull(name);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is no evaluation
   */
  public static Evaluation read(byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      JsonNode p = root.required("protocol");
      List<Figure> figures = new ArrayList<>();
      root.required("figures").forEach(f -> figures.add(figure(f)));
      return new Evaluation(
          new Protocol(
              dataSet(p.required("data")),
              Optional.ofNullable(p.get("external")).map(EvaluationJson::dataSet),
              Optional.ofNullable(p.get("atlas")).map(EvaluationJson::atlas),
              (float) p.required("fill").asDouble(),
              p.required("samples").asInt(),
              p.required("seed").asLong()),
          figures);
    } catch (IOException e) {
      throw new IllegalArgumentException("no evaluation: " + e.getMessage(), e);
    }
  }

  private static DataSet dataSet(JsonNode d) {
    Map<String, String> labels = new TreeMap<>();
    d.required("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    List<String> groups = new ArrayList<>();
    d.required("groups").forEach(g -> groups.add(g.asText()));
    return new DataSet(
        text(d, "folder"), text(d, "table"), text(d, "label"), text(d, "subject"), labels, groups);
  }

  private static Atlas atlas(JsonNode a) {
    return new Atlas(text(a, "folder"), text(a, "suffix"), text(a, "region"));
  }

  private static Figure figure(JsonNode f) {
    return new Figure(
        text(f, "name"),
        text(f, "label"),
        new Interval(number(f, "value"), number(f, "low"), number(f, "high")),
        f.required("images").asInt(),
        f.required("subjects").asInt());
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).asText();
  }

  private static double number(JsonNode node, String name) {
    JsonNode value = node.required(name);
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}

package fovea.core.explainer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explainers as text: no value holds a blank, a quote or an equals sign, so nothing is escaped. */
final class SpecText {
  private SpecText() {}

  static String write(ExplainerSpec spec) {
    StringBuilder out = new StringBuilder(spec.id());
    new TreeMap<>(spec.parameters())
        .forEach((name, value) -> out.append(' ').append(name).append('=').append(value));
    return out.toString();
  }

  static String hash(ExplainerSpec spec) {
    String parameters =
        new TreeMap<>(spec.parameters())
            .entrySet().stream()
                .map(e -> "\"%s\":\"%s\"".formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining(","));
    String json = "{\"id\":\"%s\",\"parameters\":{%s}}".formatted(spec.id(), parameters);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ExplainerSpec parse(String text) {
    String[] words = text.split(" ", -1);
    Map<String, String> left = new HashMap<>();
    for (String word : List.of(words).subList(1, words.length)) {
      int at = word.indexOf('=');
      if (at < 1 || left.put(word.substring(0, at), word.substring(at + 1)) != null) {
        throw new IllegalArgumentException("'%s' in explainer '%s'".formatted(word, text));
      }
    }
    ExplainerSpec spec = spec(words[0], left);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("%s has no %s".formatted(words[0], left.keySet()));
    }
    return spec;
  }

  private static ExplainerSpec spec(String id, Map<String, String> p) {
    return switch (id) {
      case "class-evidence" -> new ExplainerSpec.ClassEvidence();
      case "gradcam" -> new ExplainerSpec.GradCam();
      case "two-level-attention" -> new ExplainerSpec.TwoLevelAttention();
      case "adacam-fovea" -> new ExplainerSpec.AdaCam();
      case "lesion-maps" -> new ExplainerSpec.LesionMaps();
      case "prototypes" -> new ExplainerSpec.Prototypes(whole(p, "top"));
      case "occlusion" -> new ExplainerSpec.Occlusion(whole(p, "window"), whole(p, "stride"));
      case "rise" ->
          new ExplainerSpec.Rise(whole(p, "masks"), number(p, "kept"), flag(p, "smooth"));
      case "mask-es" ->
          new ExplainerSpec.MaskEs(whole(p, "forwards"), number(p, "sparsity"), scales(p));
      default -> throw new IllegalArgumentException("no explainer '" + id + "'");
    };
  }

  private static String take(Map<String, String> parameters, String name) {
    String value = parameters.remove(name);
    if (value == null) {
      throw new IllegalArgumentException("parameter " + name + " is missing");
    }
    return value;
  }

  private static int whole(Map<String, String> parameters, String name) {
    return Integer.parseInt(take(parameters, name));
  }

  private static double number(Map<String, String> parameters, String name) {
    return Double.parseDouble(take(parameters, name));
  }

  private static boolean flag(Map<String, String> parameters, String name) {
    String value = take(parameters, name);
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("%s must be true or false: %s".formatted(name, value));
    }
    return value.equals("true");
  }

  private static List<Integer> scales(Map<String, String> parameters) {
    return Stream.of(take(parameters, "scales").split(",", -1)).map(Integer::valueOf).toList();
  }
}

package fovea.app.chaos.proof;

import fovea.schema.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether every erasure was answered by every stage, each part once. Thread-confined. */
final class Certified {
  private static final List<String> STAGES = List.of("contribute", "accumulate");

  private final SortedMap<String, List<Certificate>> byRequest = new TreeMap<>();
  private final List<String> strangers = new ArrayList<>();

  void asked(String request) {
    byRequest.putIfAbsent(request, new ArrayList<>());
  }

  /** After all that were asked for. */
  void add(Certificate certificate) {
    List<Certificate> answers = byRequest.get(String.valueOf(certificate.getRequestId()));
    if (answers == null) {
      strangers.add("a certificate answers no erasure: " + certificate.getRequestId());
    } else {
      answers.add(certificate);
    }
  }

  /** How many were asked for. */
  int size() {
    return byRequest.size();
  }

  /** What was not answered exactly once by each stage; empty where all is well. */
  List<String> faults() {
    List<String> out = new ArrayList<>(strangers);
    byRequest.forEach(
        (request, answers) -> {
          for (String stage : STAGES) {
            if (!complete(answers.stream().filter(c -> c.getStage().equals(stage)).toList())) {
              out.add("%s has not one answer of %s: %s".formatted(request, stage, text(answers)));
            }
          }
        });
    return out;
  }

  private static boolean complete(List<Certificate> answers) {
    Map<Integer, Integer> parts = new HashMap<>();
    answers.forEach(c -> parts.merge(c.getPart(), c.getParts(), (a, b) -> -1));
    return !answers.isEmpty()
        && answers.size() == parts.size()
        && parts.values().stream().allMatch(of -> of == answers.size());
  }

  private static List<String> text(List<Certificate> answers) {
    return answers.stream()
        .map(c -> "%s %d/%d".formatted(c.getStage(), c.getPart(), c.getParts()))
        .toList();
  }
}

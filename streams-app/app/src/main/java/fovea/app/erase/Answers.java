package fovea.app.erase;

import fovea.schema.Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certificates of one erasure, as far as they have come: each stage answers in one or more
 * parts. Thread-confined.
 */
final class Answers {
  /** Who has to answer. */
  private static final List<String> STAGES = List.of("contribute", "accumulate");

  private final List<Certificate> certificates = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  /** Adds one; the same part a second time is let go. */
  void add(Certificate certificate) {
    if (seen.add(certificate.getStage() + "/" + certificate.getPart())) {
      certificates.add(certificate);
    }
  }

  List<Certificate> certificates() {
    return List.copyOf(certificates);
  }

  /** Stages that have not answered in full. */
  List<String> missing() {
    return STAGES.stream().filter(stage -> !complete(stage)).toList();
  }

  private boolean complete(String stage) {
    List<Certificate> parts =
        certificates.stream().filter(one -> one.getStage().equals(stage)).toList();
    return !parts.isEmpty() && parts.size() == parts.getFirst().getParts();
  }
}

package fovea.streams.readings;

import fovea.core.explainer.LabelGrids;
import fovea.core.explainer.prototype.Contribution;
import fovea.core.explainer.prototype.PrototypeEvidence;
import fovea.modelstore.Readings;
import fovea.schema.LabelExplanation;
import fovea.schema.PrototypePart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What prototypes add to what was decided. Immutable and thread-safe. */
final class PrototypeReader {
  private final List<String> labels;
  private final Readings.Prototypes said;
  private final float[][] weights;
  private final int most;

  /**
   * @param labels in the order of the weights
   * @param most labels at most
   */
  PrototypeReader(List<String> labels, Readings.Prototypes said, int most) {
    this.labels = labels;
    this.said = said;
    this.weights = said.rows();
    this.most = most;
  }

  /** The greatest contributions to each label that was decided, else to the likeliest. */
  List<PrototypePart> parts(LabelGrids similarities, List<LabelExplanation> record, Cells cells) {
    PrototypeEvidence evidence = new PrototypeEvidence(similarities, weights);
    List<PrototypePart> out = new ArrayList<>();
    for (String label : asked(record)) {
      for (Contribution one : evidence.top(labels.indexOf(label), said.top())) {
        out.add(
            new PrototypePart(
                label,
                one.prototype(),
                name(one.prototype()),
                (float) one.similarity(),
                (float) one.value(),
                cells.inFrame(one.cell())));
      }
    }
    return out;
  }

  private List<String> asked(List<LabelExplanation> record) {
    List<String> decided =
        record.stream()
            .filter(LabelExplanation::getDecision)
            .limit(most)
            .map(LabelExplanation::getLabel)
            .toList();
    return decided.isEmpty()
        ? record.stream()
            .max(Comparator.comparingDouble(LabelExplanation::getProbability))
            .map(LabelExplanation::getLabel)
            .stream()
            .toList()
        : decided;
  }

  private @Nullable String name(int prototype) {
    return said.names().isEmpty() ? null : said.names().get(prototype);
  }
}

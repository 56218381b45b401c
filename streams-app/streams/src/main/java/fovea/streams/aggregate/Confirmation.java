package fovea.streams.aggregate;

import fovea.core.aggregate.Basis;
import fovea.schema.ContributedLabel;
import fovea.schema.Contribution;
import fovea.schema.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an outcome makes of a contribution: the bases and regions of each label, and what is counted
 * beside them.
 *
 * <p>A label is confirmed if the outcome names it, else denied if it was looked for: assessed by
 * name, or {@code assessed} is empty, which means every label. Of what was not looked for nothing
 * is known. That holds of sigmoid and softmax alike. {@code withOutcome} counts aggregated images
 * with an outcome, {@code assessed.<label>} those of which it says something about the label:
 * divided by {@code aggregated}, the share that stands beside that label's confirmed maps.
 */
final class Confirmation {
  static final String WITH_OUTCOME = "withOutcome";
  static final String ASSESSED = "assessed.";
  static final String IGNORED_REGIONS = "ignoredRegions";

  private Confirmation() {}

  /** The contribution under {@code outcome}, whatever outcome it stood under before. */
  static Contribution of(Contribution c, Optional<Outcome> outcome) {
    List<ContributedLabel> labels =
        c.getLabels().stream().map(label -> of(c, label, outcome)).toList();
    List<String> counters = counters(c, outcome);
    // A builder would copy every grid.
    return new Contribution(
        c.getModel(),
        c.getModelVersion(),
        c.getVariant(),
        c.getFrame(),
        c.getSite(),
        c.getPane(),
        c.getExamId(),
        c.getIngestedAt(),
        c.getRevision(),
        c.getPayloadSha256(),
        c.getFingerprint(),
        c.getFold(),
        counters,
        c.getGridHeight(),
        c.getGridWidth(),
        c.getScaleExponent(),
        c.getFloor(),
        c.getSubtractMin(),
        c.getQuantities(),
        c.getImageWidth(),
        c.getImageHeight(),
        c.getTransform(),
        c.getResidual(),
        labels);
  }

  private static ContributedLabel of(
      Contribution c, ContributedLabel label, Optional<Outcome> outcome) {
    boolean predicted = label.getBases().contains(Basis.PREDICTED.name());
    List<String> bases = new ArrayList<>(4);
    bases.add(Basis.ALL.name());
    if (predicted) {
      bases.add(Basis.PREDICTED.name());
    }
    outcome
        .filter(o -> speaksOf(o, label.getLabel()))
        .ifPresent(o -> cell(o.getLabels().contains(label.getLabel()), predicted, bases));
    return new ContributedLabel(
        label.getLabel(),
        bases,
        label.getClipped(),
        label.getEvidence(),
        label.getQuality(),
        outcome.map(o -> OutcomeRegions.of(c, label.getLabel(), o)).orElse(List.of()));
  }

  private static void cell(boolean confirmed, boolean predicted, List<String> bases) {
    if (confirmed) {
      bases.add(Basis.CONFIRMED.name());
      bases.add((predicted ? Basis.TP : Basis.FN).name());
    } else {
      bases.add((predicted ? Basis.FP : Basis.TN).name());
    }
  }

  private static boolean speaksOf(Outcome outcome, String label) {
    return outcome.getAssessed().isEmpty()
        || outcome.getAssessed().contains(label)
        || outcome.getLabels().contains(label);
  }

  private static List<String> counters(Contribution c, Optional<Outcome> outcome) {
    List<String> counters = new ArrayList<>();
    for (String name : c.getCounters()) {
      if (!name.equals(WITH_OUTCOME)
          && !name.startsWith(ASSESSED)
          && !name.equals(IGNORED_REGIONS)) {
        counters.add(name);
      }
    }
    if (outcome.isPresent() && counters.contains(Contributions.AGGREGATED)) {
      counters.add(WITH_OUTCOME);
      assessed(c, outcome.get()).forEach(label -> counters.add(ASSESSED + label));
      if (OutcomeRegions.someIgnored(c, outcome.get())) {
        counters.add(IGNORED_REGIONS);
      }
    }
    return counters;
  }

  private static SortedSet<String> assessed(Contribution c, Outcome outcome) {
    SortedSet<String> labels = new TreeSet<>();
    for (ContributedLabel label : c.getLabels()) {
      if (speaksOf(outcome, label.getLabel())) {
        labels.add(label.getLabel());
      }
    }
    return labels;
  }
}

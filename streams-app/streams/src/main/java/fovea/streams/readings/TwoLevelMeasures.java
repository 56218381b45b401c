package fovea.streams.readings;

import fovea.core.explainer.head.TwoLevelAttention;
import fovea.core.explanation.Attention;
import fovea.core.explanation.CellGrid;
import fovea.core.explanation.Quantiser;
import fovea.core.inference.Outputs;
import fovea.core.quality.QualityMeasure;
import fovea.modelstore.Manifest;
import fovea.modelstore.Readings;
import fovea.schema.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Containment of each finding in what is abnormal, and how much of what is abnormal findings
 * explain, of a model that has a label for "anything abnormal"; of all others nothing. From the
 * same integers as the maps. Immutable and thread-safe.
 */
public final class TwoLevelMeasures {
  private final Manifest.Quantisation how;
  private final Optional<Integer> abnormality;

  public TwoLevelMeasures(Manifest manifest, Readings readings) {
    this.how = manifest.quantisation();
    this.abnormality =
        readings.abnormality().map(manifest.labels()::indexOf).filter(label -> label >= 0);
  }

  /** {@code quality}, one list per label, and what follows from the evidence. */
  public List<List<Measured>> with(List<List<Measured>> quality, Outputs outputs) {
    return abnormality.map(label -> with(quality, outputs, label)).orElse(quality);
  }

  private List<List<Measured>> with(List<List<Measured>> quality, Outputs outputs, int abnormal) {
    List<Attention> findings = new ArrayList<>();
    for (int label = 0; label < outputs.labels(); label++) {
      if (label != abnormal) {
        findings.add(attention(outputs, label));
      }
    }
    TwoLevelAttention levels = new TwoLevelAttention(attention(outputs, abnormal), findings);
    List<List<Measured>> out = new ArrayList<>();
    for (int label = 0; label < outputs.labels(); label++) {
      List<Measured> all = new ArrayList<>(quality.get(label));
      all.add(
          label == abnormal
              ? measured(QualityMeasure.UNION, levels.union())
              : measured(
                  QualityMeasure.CONTAINMENT,
                  levels.containment(label < abnormal ? label : label - 1)));
      out.add(List.copyOf(all));
    }
    return out;
  }

  private Attention attention(Outputs outputs, int label) {
    CellGrid grid =
        new Quantiser(how.scaleExponent())
            .quantise(outputs.evidence(label), outputs.gridHeight(), outputs.gridWidth())
            .grid();
    return Attention.max1(grid, how.floor(), how.subtractMin());
  }

  private static Measured measured(QualityMeasure measure, OptionalDouble value) {
    return new Measured(measure.name(), value.orElse(Double.NaN));
  }
}

package fovea.core.aggregate;

import java.time.LocalDate;
import java.util.List;

/**
 * Identity of one aggregate: nothing of it is ever mixed.
 *
 * <p>As text: {@code model|version|variant|frame|quantity|label|basis|site|pane}, the pane an ISO
 * date, so that the panes of one map are neighbours in order of time.
 *
 * @param model the model version as it really ran
 * @param frame the aligned space, {@code modality.view.laterality.HxW}
 * @param quantity what is summed
 * @param label the label; empty for {@link Quantity#COUNTERS}
 * @param basis which images; {@link Basis#NONE} for {@link Quantity#COUNTERS}
 * @param site where the images were taken
 * @param pane UTC day of acquisition
 */
public record AggregateKey(
    ModelVersion model,
    String frame,
    Quantity quantity,
    String label,
    Basis basis,
    String site,
    LocalDate pane) {
  private static final int PARTS = 9;

  public AggregateKey {
    if (frame.isBlank()) {
      throw new IllegalArgumentException("frame must not be blank");
    }
    boolean counters = quantity == Quantity.COUNTERS;
    if (counters != label.isEmpty() || counters != (basis == Basis.NONE)) {
      throw new IllegalArgumentException(
          "%s does not go with label '%s' and basis %s".formatted(quantity, label, basis));
    }
  }

  /** The key under which a model, frame, site and pane keeps its counters. */
  public static AggregateKey counters(
      ModelVersion model, String frame, String site, LocalDate pane) {
    return new AggregateKey(model, frame, Quantity.COUNTERS, "", Basis.NONE, site, pane);
  }

  /** The record key. */
  public String text() {
    return KeyText.join(
        model.id(),
        model.version(),
        model.variant(),
        frame,
        quantity.name(),
        label,
        basis.name(),
        site,
        pane.toString());
  }

  /**
   * Reads a record key.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static AggregateKey parse(String text) {
    List<String> p = KeyText.split(text);
    if (p.size() != PARTS) {
      throw new IllegalArgumentException("not an aggregate key: '" + text + "'");
    }
    return new AggregateKey(
        new ModelVersion(p.get(0), p.get(1), p.get(2)),
        p.get(3),
        Quantity.valueOf(p.get(4)),
        p.get(5),
        Basis.valueOf(p.get(6)),
        p.get(7),
        LocalDate.parse(p.get(8)));
  }
}

package fovea.core.aggregate;

/**
 * One model version as it really ran: what of a model must never be mixed.
 *
 * @param id model id
 * @param version version in the model store
 * @param variant {@code precision.explainerHash}, e.g. {@code fp32.9f3a2b1c00112233}: two runs of a
 *     version with other arithmetic or other explainer parameters have different sums
 */
public record ModelVersion(String id, String version, String variant) {
  public ModelVersion {
    if (id.isBlank() || version.isBlank() || variant.isBlank()) {
      throw new IllegalArgumentException(
          "id, version and variant must not be blank: '%s', '%s', '%s'"
              .formatted(id, version, variant));
    }
  }
}

package fovea.inference;

import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import fovea.modelstore.FreeBatch;
import fovea.modelstore.Manifest;
import fovea.modelstore.ModelRefusedException;
import fovea.modelstore.OnnxGraph;
import java.util.List;
import java.util.Optional;

/** Tries on seeded images whether a changed graph still computes what it did. */
final class Rehearsal {
  private static final int IMAGES = 4;

  /** Half precision keeps eleven bits; a net's roundings add up to a few of the last. */
  private static final double HALF_PRECISION = 1.0 / 128;

  private final OnnxEngine engine;
  private final ManifestDraft draft;
  private final List<String> notes;

  Rehearsal(OnnxEngine engine, ManifestDraft draft, List<String> notes) {
    this.engine = engine;
    this.draft = draft;
    this.notes = notes;
  }

  /** The graph with an open batch, if it was closed and opening it changes nothing. */
  GivenGraph withOpenBatch(GivenGraph given) {
    if (given.found().isEmpty()) {
      return given;
    }
    Optional<OnnxGraph> open = FreeBatch.of(given.graph());
    if (open.isEmpty()) {
      return given;
    }
    GivenGraph opened = given.with(open.get());
    boolean works = works(opened);
    notes.add(
        works
            ? "Made: the batch, which was fixed, is open."
            : "The batch is fixed, and opening it changes what the graph gives: images are run one"
                + " by one.");
    return works ? opened : given;
  }

  /** Refuses a rewriting whose logits are not the graph's own, to the rounding of its precision. */
  void sameLogits(GivenGraph given, OnnxGraph own) {
    ImageBatch images = new SeededImages(draft.input()).batch(IMAGES);
    List<Outputs> anew = alone(given, images);
    List<Outputs> original = alone(given.with(own), images);
    for (int i = 0; i < IMAGES; i++) {
      for (int label = 0; label < anew.get(i).labels(); label++) {
        float expected = original.get(i).logit(label);
        float found = anew.get(i).logit(label);
        if (!(Math.abs(found - expected) <= HALF_PRECISION * Math.max(1, Math.abs(expected)))) {
          throw new ModelRefusedException(
              "rewritten, logit %d is %s, the graph's own is %s".formatted(label, found, expected));
        }
      }
    }
  }

  private List<Outputs> alone(GivenGraph given, ImageBatch images) {
    Manifest manifest = draft.unproven(given.roles());
    try (Trial trial = new Trial(engine, manifest, given.graph().bytes())) {
      return trial.runOneByOne(images);
    }
  }

  private boolean works(GivenGraph opened) {
    Manifest manifest = draft.unproven(opened.roles());
    ImageBatch images = new SeededImages(draft.input()).batch(IMAGES);
    try (Trial trial = new Trial(engine, manifest, opened.graph().bytes())) {
      return trial.batchMatches(images, manifest.tolerances().parity());
    } catch (InferenceException | ModelRefusedException e) {
      return false;
    }
  }
}

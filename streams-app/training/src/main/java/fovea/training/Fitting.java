package fovea.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Epoch after epoch until the validation objective has not improved for a while; the best weights
 * stay.
 *
 * @param plan how long
 * @param progress hears of each epoch
 * @param kept where each epoch's end is kept; empty to keep nothing
 */
record Fitting(Plan plan, Progress progress, Optional<Kept> kept) {

  /**
   * Where a training is kept.
   *
   * @param file replaced after each epoch
   * @param training tells it from another, whose state must not be taken up
   */
  record Kept(Path file, String training) {}

  /** Trains, and says after each epoch what {@code areas} has to say of the validation images. */
  void fit(
      EvidenceTrainer trainer,
      List<Example> train,
      List<Example> validation,
      Supplier<String> areas) {
    double best = Double.POSITIVE_INFINITY;
    Map<String, float[]> weights = trainer.weights();
    int worse = 0;
    int first = 1;
    Optional<Checkpoint> before = before();
    if (before.isPresent()) {
      Checkpoint c = before.get();
      trainer.resume(c);
      best = c.best();
      weights = c.bestWeights();
      worse = c.worse();
      first = c.epoch() + 1;
      progress.line("going on after epoch " + c.epoch());
    }
    for (int epoch = first; epoch <= plan.epochs() && worse < plan.patience(); epoch++) {
      double loss = epoch(trainer, epoch, train);
      double objective = trainer.objective(validation);
      worse = objective < best ? 0 : worse + 1;
      if (worse == 0) {
        best = objective;
        weights = trainer.weights();
      }
      progress.line(line(epoch, loss, objective) + "  AUC " + areas.get());
      keep(new Standing(epoch, best, worse, weights), trainer);
    }
    trainer.restore(weights);
  }

  private record Standing(int epoch, double best, int worse, Map<String, float[]> weights) {}

  private double epoch(EvidenceTrainer trainer, int epoch, List<Example> train) {
    String name = "epoch %d/%d".formatted(epoch, plan.epochs());
    return trainer.epoch(
        epoch,
        train,
        (percent, mean) ->
            progress.bar(name, percent, String.format(Locale.ROOT, "loss %.4f", mean)));
  }

  private String line(int epoch, double loss, double objective) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  loss %.4f  validation %.4f",
        epoch,
        plan.epochs(),
        loss,
        objective);
  }

  private Optional<Checkpoint> before() {
    Optional<Checkpoint> found = kept.flatMap(k -> Checkpoint.read(k.file()));
    if (found.isPresent() && !found.get().plan().equals(kept.orElseThrow().training())) {
      throw new IllegalArgumentException(
          "%s is of another training (%s), not of %s: move it away to begin anew"
              .formatted(
                  kept.orElseThrow().file(), found.get().plan(), kept.orElseThrow().training()));
    }
    return found;
  }

  private void keep(Standing s, EvidenceTrainer trainer) {
    kept.ifPresent(
        k ->
            new Checkpoint(
                    k.training(),
                    s.epoch(),
                    s.best(),
                    s.worse(),
                    trainer.weights(),
                    s.weights(),
                    trainer.optimised())
                .write(k.file()));
  }
}

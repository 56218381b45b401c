package fovea.app.chaos;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run of faults is to be.
 *
 * @param faults how many, 0..10,000
 * @param seed of the plan and of the images
 * @param images a folder to take images from; the phantom's otherwise
 * @param modelStore folder of models
 * @param model which of them serves; it must be there
 * @param work an empty folder for all that the run writes
 * @param startedAt the time of the first image's record
 */
public record ChaosSpec(
    int faults,
    long seed,
    Optional<Path> images,
    Path modelStore,
    String model,
    Path work,
    Instant startedAt) {
  private static final int MOST_FAULTS = 10_000;

  public ChaosSpec {
    if (faults < 0 || faults > MOST_FAULTS) {
      throw new IllegalArgumentException("faults must be 0..%d: %d".formatted(MOST_FAULTS, faults));
    }
    work = work.toAbsolutePath().normalize();
    modelStore = modelStore.toAbsolutePath().normalize();
  }
}

package fovea.training;

import fovea.core.frame.Template;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The phantom's images divided by subject, and another phantom's.
 *
 * @param template of all images but the fresh ones
 * @param train to learn from
 * @param validation to stop by
 * @param test held out
 * @param fresh of the next seed: other subjects, other eyes, the phantom's own sites
 */
record PhantomImages(
    Template template,
    List<Example> train,
    List<Example> validation,
    List<Example> test,
    List<Example> fresh) {
  /** Held-out images that are kept with what the net says of them. */
  static final int PARITY_IMAGES = 3;

  private static final int FRESH_IMAGES = 600;

  PhantomImages {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    fresh = List.copyOf(fresh);
  }

  /**
   * Renders {@code images} images, and as many fresh ones, of these at most 600.
   *
   * @throws IllegalArgumentException if they are too few to divide by subject
   */
  static PhantomImages render(Plan plan, NetSpec spec, int images, Progress progress) {
    Programme programme = new Programme(plan.seed(), spec.side(), Programme.manySites());
    List<Example> all = render(programme, "rendering", images, progress);
    List<Example> train = all.stream().filter(e -> e.fold() >= 3).toList();
    List<Example> validation = all.stream().filter(e -> e.fold() == 2).toList();
    List<Example> test = all.stream().filter(e -> e.fold() < 2).toList();
    if (train.size() < plan.batch() || validation.isEmpty() || test.size() < PARITY_IMAGES) {
      throw new IllegalArgumentException("too few images to divide by subject: " + images);
    }
    Programme other = new Programme(plan.seed() + 1, spec.side(), Programme.ownSites());
    List<Example> fresh = render(other, "fresh images", Math.min(FRESH_IMAGES, images), progress);
    return new PhantomImages(programme.template(), train, validation, test, fresh);
  }

  private static List<Example> render(
      Programme programme, String what, int count, Progress progress) {
    return programme.examples(count, done -> progress.bar(what, done * 100 / count, ""));
  }

  /** The same images, each changed. */
  PhantomImages with(UnaryOperator<Example> change) {
    return new PhantomImages(
        template,
        train.stream().map(change).toList(),
        validation.stream().map(change).toList(),
        test.stream().map(change).toList(),
        fresh.stream().map(change).toList());
  }
}

package fovea.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Prints the rounds of both, and the medians of their ratios. */
final class Table {

  /** One round of each, side by side. */
  record Round(Cost bare, Cost fovea) {
    double cpuRatio() {
      return bare.cpuPerImage() / fovea.cpuPerImage();
    }

    double rateRatio() {
      return fovea.rate() / bare.rate();
    }

    double wallRatio() {
      return fovea.wallRate() / bare.wallRate();
    }

    /** CPU that Fovea adds to an image, in milliseconds. */
    double overhead() {
      return fovea.cpuPerImage() - bare.cpuPerImage();
    }
  }

  void print(List<Round> rounds) {
    System.out.println(
        "| round | | images/s | CPU ms/image | decode | preprocess | inference | CPU ratio | rate"
            + " ratio | wall ratio |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (int i = 0; i < rounds.size(); i++) {
      Round r = rounds.get(i);
      System.out.printf("| %d | bare | %s | | | |%n", i + 1, cells(r.bare()));
      System.out.printf(
          "| | Fovea | %s | %.3f | %.3f | %.3f |%n",
          cells(r.fovea()), r.cpuRatio(), r.rateRatio(), r.wallRatio());
    }
    System.out.printf(
        "%nmedian of %d rounds: CPU ratio %s, rate ratio %s, wall ratio %s, overhead %s ms CPU an"
            + " image%n",
        rounds.size(),
        spread(rounds, Round::cpuRatio),
        spread(rounds, Round::rateRatio),
        spread(rounds, Round::wallRatio),
        spread(rounds, Round::overhead));
  }

  private static String cells(Cost c) {
    return "%.0f | %.3f | %.3f | %.3f | %.3f"
        .formatted(
            c.rate(),
            c.cpuPerImage(),
            c.steps().decode(),
            c.steps().preprocess(),
            c.steps().inference());
  }

  private static String spread(List<Round> rounds, ToDoubleFunction<Round> of) {
    List<Double> values = rounds.stream().map(of::applyAsDouble).sorted().toList();
    return "%.3f [%.3f..%.3f]".formatted(Cost.median(values), values.getFirst(), values.getLast());
  }
}

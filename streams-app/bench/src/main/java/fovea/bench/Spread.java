package fovea.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure over the rounds. Immutable.
 *
 * @param median of all rounds
 * @param least of all rounds
 * @param greatest of all rounds
 */
public record Spread(double median, double least, double greatest) {

  /** Of at least one round. */
  public static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
    List<Double> sorted = rounds.stream().map(figure::applyAsDouble).sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /** With {@code digits} behind the point: {@code median [least..greatest]}. */
  public String text(int digits) {
    String number = "%,." + digits + "f";
    return String.format(
        Locale.ROOT, number + " [" + number + ".." + number + "]", median, least, greatest);
  }
}

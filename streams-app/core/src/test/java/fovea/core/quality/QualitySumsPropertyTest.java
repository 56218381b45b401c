package fovea.core.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws of the accumulator, bit for bit. */
class QualitySumsPropertyTest {
  private static final List<QualityMeasure> ALL = List.of(QualityMeasure.values());

  private record Value(QualityMeasure measure, OptionalDouble value) {}

  @Property(seed = "1", tries = 100)
  void addCommutes(@ForAll long seed) {
    List<Value> values = values(seed);
    List<Value> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(all(shuffled).bytes()).isEqualTo(all(values).bytes());
  }

  @Property(seed = "2", tries = 100)
  void mergeEqualsAddingAllInAnyOrderAndPartitioning(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int parts) {
    Random random = new Random(seed);
    List<QualitySums> partial =
        new ArrayList<>(Stream.generate(QualitySums::empty).limit(parts).toList());
    values(seed).forEach(v -> add(v, partial.get(random.nextInt(parts))));
    Collections.shuffle(partial, random);

    QualitySums merged = QualitySums.empty();
    partial.forEach(part -> merged.merge(QualitySums.read(part.bytes())));

    assertThat(merged.bytes()).isEqualTo(all(values(seed)).bytes());
  }

  @Property(seed = "3", tries = 100)
  void subtractUndoesAddAndMerge(@ForAll long seed) {
    QualitySums before = all(values(seed));
    QualitySums one = all(values(seed));
    values(~seed).forEach(v -> one.add(v.measure(), v.value()));
    values(~seed).forEach(v -> one.subtract(v.measure(), v.value()));
    QualitySums whole = all(values(seed));
    whole.merge(all(values(~seed)));
    whole.subtract(all(values(~seed)));

    assertThat(one.bytes()).isEqualTo(before.bytes());
    assertThat(whole.bytes()).isEqualTo(before.bytes());
    whole.subtract(before);
    assertThat(whole.isEmpty()).isTrue();
  }

  @Property(seed = "4", tries = 100)
  void meanAndVarianceAgreeWithTwoPasses(@ForAll long seed) {
    List<Value> values = values(seed);
    for (var entry : all(values).snapshot().entrySet()) {
      double[] known =
          values.stream()
              .filter(v -> v.measure() == entry.getKey() && v.value().isPresent())
              .mapToDouble(v -> Math.clamp(v.value().getAsDouble(), -8, 8))
              .toArray();
      if (known.length > 0) {
        double mean = Arrays.stream(known).average().orElseThrow();
        double squares =
            Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum() / known.length;
        assertThat(entry.getValue().mean()).isCloseTo(mean, within(1e-7));
        assertThat(entry.getValue().variance()).isCloseTo(squares, within(1e-6));
      }
    }
  }

  private static QualitySums all(List<Value> values) {
    QualitySums sums = QualitySums.empty();
    values.forEach(v -> add(v, sums));
    return sums;
  }

  /** A value, and where one is above the middle a peak as well. */
  private static void add(Value v, QualitySums sums) {
    sums.add(v.measure(), v.value());
    if (v.value().orElse(0) > 0) {
      sums.addPeak(FrameZones.NAMES.get(ALL.indexOf(v.measure()) % 9));
    }
  }

  private static List<Value> values(long seed) {
    Random random = new Random(seed);
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      QualityMeasure measure = ALL.get(random.nextInt(ALL.size()));
      boolean undefined = random.nextInt(8) == 0;
      out.add(
          new Value(
              measure,
              undefined ? OptionalDouble.empty() : OptionalDouble.of(6 * random.nextGaussian())));
    }
    return out;
  }
}

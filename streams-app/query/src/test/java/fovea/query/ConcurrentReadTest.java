package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.CellGrid;
import fovea.core.map.GlobalMap;
import fovea.core.map.MapAnswer;
import fovea.core.map.MapQuery;
import fovea.core.map.Measure;
import fovea.core.map.ModelChoice;
import fovea.core.map.Period;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Readers at full speed beside a writer at full speed. */
class ConcurrentReadTest {
  private static final int READERS = 3;
  private static final int IMAGES = 3_000;
  private static final List<LocalDate> DAYS = List.of(Records.DAY, Records.DAY.plusDays(1));
  private static final MapQuery QUERY =
      new MapQuery(
          ModelChoice.open(),
          Optional.empty(),
          new Measure(Quantity.ATTENTION_MAX1, "PNEUMONIA", Basis.ALL),
          Set.of(),
          Period.always());
  private final Records records = new Records();
  private final ReadModels models =
      new ReadModels(
          Records.TOPICS,
          records.registry,
          ReadModelLimits.defaults(),
          InstantSource.fixed(Records.AT));
  private final AtomicBoolean written = new AtomicBoolean();

  /** Image i has value i + 1 in every cell, and 3i + 1 as its summand of F. */
  private static CellMap image(int i) {
    short[] cells = new short[16];
    Arrays.fill(cells, (short) (i + 1));
    return new CellMap(new CellGrid(4, 4, Records.EXPONENT, cells), false, 0, 3L * i + 1);
  }

  /**
   * Of two days, the images of each come in order: n alone says which they are, and so what F and
   * every plane must be.
   */
  private void write() {
    List<Moments> states = new ArrayList<>();
    DAYS.forEach(day -> states.add(Moments.empty(4, 4, Records.EXPONENT)));
    for (int i = 0; i < IMAGES; i++) {
      int day = i % DAYS.size();
      states.get(day).add(image(i / DAYS.size()));
      AggregateKey key = Records.key("PNEUMONIA", Basis.ALL, "north", DAYS.get(day));
      models.apply(records.map(key, states.get(day), Records.AT));
    }
    written.set(true);
  }

  private int read() {
    long before = 0;
    int seen = 0;
    while (!written.get() || before < IMAGES) {
      if (models.maps().map(QUERY) instanceof MapAnswer.Here here) {
        GlobalMap map = here.map();
        assertThat(map.moments().n()).isGreaterThanOrEqualTo(before);
        before = map.moments().n();
        checkWhole(map);
        seen++;
      }
    }
    return seen;
  }

  private static void checkWhole(GlobalMap map) {
    long fingerprint = 0;
    double sum = 0;
    double squares = 0;
    long n = 0;
    for (long images : map.days().values()) {
      n += images;
      fingerprint += 3 * images * (images - 1) / 2 + images;
      sum += images * (images + 1) / 2.0;
      squares += images * (images + 1) * (2 * images + 1) / 6.0;
    }
    double scale = Math.scalb(1.0, Records.EXPONENT);
    double mean = sum / n * scale;
    double variance = (squares / n - (sum / n) * (sum / n)) * scale * scale;
    assertThat(map.moments().n()).isEqualTo(n);
    assertThat(map.sites()).containsEntry("north", n);
    assertThat(map.moments().fingerprint()).isEqualTo(fingerprint);
    for (int cell = 0; cell < 16; cell++) {
      assertThat(map.moments().mean()[cell]).isEqualTo(mean);
      assertThat(map.moments().variance()[cell]).isCloseTo(variance, within(1e-12));
    }
  }

  @Test
  void neverAreCountFingerprintAndPlanesOfDifferentMomentsNorDoesTheCountFall()
      throws ExecutionException, InterruptedException {
    List<Future<Integer>> readers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(this::read));
      }
      write();
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      written.set(true);
      models.close();
    }
  }
}

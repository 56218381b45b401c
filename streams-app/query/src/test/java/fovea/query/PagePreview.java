package fovea.query;

import fovea.core.aggregate.AggregateKey;
import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Quantity;
import fovea.core.explanation.CellGrid;
import fovea.core.moments.CellMap;
import fovea.core.moments.Moments;
import fovea.core.quality.Concentration;
import fovea.core.quality.FrameZones;
import fovea.core.quality.QualityMeasure;
import fovea.core.quality.QualitySums;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Serves the page from synthetic records, to look at it: {@code PagePreview PORT EMPTY|FULL}. */
final class PagePreview {
  private static final int SIDE = 14;
  private static final List<String> SITES = List.of("north", "south <b>clinic</b>");
  private final Random random = new Random(7);
  private final Records records = new Records();
  private final ReadModels models =
      new ReadModels(
          Records.TOPICS, records.registry, ReadModelLimits.defaults(), InstantSource.system());
  private final Map<AggregateKey, Moments> state = new HashMap<>();
  private final Map<AggregateKey, QualitySums> quality = new HashMap<>();
  private final Map<AggregateKey, Map<String, Long>> counters = new HashMap<>();

  static void main(String[] args) {
    new PagePreview().run(Integer.parseInt(args[0]), args[1].equals("EMPTY"));
  }

  private void run(int port, boolean empty) {
    String says = "{\"trainingData\": \"Synthetic phantom images\", \"thresholds\": {}}";
    models.apply(records.model(Records.MODEL, "SERVING", Instant.now(), says));
    QueryServer server =
        QueryServer.start(
            QueryConfig.local(port),
            models,
            new SystemFacts("0.1.0", "t", "127.0.0.1:1", "http://127.0.0.1:2"),
            List.of(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    for (int i = 0; i < (empty ? 0 : 900); i++) {
      image(i, today.minusDays((900 - i) / 150));
    }
    models.standings().forEach(one -> models.progress(one.topic()).caughtUp());
    System.err.println(server.address());
    for (int i = 900; !empty && i < 100_000; i++) {
      image(i, today);
      LockSupport.parkNanos(150_000_000);
    }
    LockSupport.park();
  }

  private void image(int i, LocalDate day) {
    String site = SITES.get(i % 3 / 2);
    boolean sick = random.nextInt(3) == 0;
    CellGrid grid = grid(sick);
    float p = sick ? 0.6f + 0.4f * random.nextFloat() : 0.45f * random.nextFloat();
    Records.Said said =
        new Records.Said(
            "s" + i,
            "ward/<img src=x onerror=alert(1)>/" + i + ".png",
            site,
            Map.of("NORMAL", 1 - p, "PNEUMONIA", p),
            grid,
            Optional.of(chest()));
    models.apply(
        records.explanation(said, Records.MODEL, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    if (i % 40 == 3) {
      models.apply(records.deadLetter(i % 80 == 3 ? "IMAGE" : "TOO_LARGE", "not an image"));
    }
    AggregateKey counter = AggregateKey.counters(Records.MODEL, Records.FRAME, site, day);
    Map<String, Long> counts = counters.computeIfAbsent(counter, k -> new HashMap<>());
    counts.merge("scored", 1L, Long::sum);
    counts.merge(i % 25 == 7 ? "rejected.TEMPLATE" : "aggregated", 1L, Long::sum);
    models.apply(records.counters(counter, counts));
    if (i % 25 == 7) {
      return;
    }
    add(Records.key("PNEUMONIA", Basis.ALL, site, day), grid, i);
    add(Records.key("NORMAL", Basis.ALL, site, day), grid(false), i);
    measure(grid, i, site, day);
    boolean found = sick != (i % 11 == 0);
    if (found) {
      add(Records.key("PNEUMONIA", Basis.PREDICTED, site, day), grid, i);
    }
    if (i % 2 == 0) {
      outcome(grid, i, site, day, found, sick);
    }
  }

  private void measure(CellGrid grid, int i, String site, LocalDate day) {
    AggregateKey key =
        new AggregateKey(
            Records.MODEL, Records.FRAME, Quantity.QUALITY, "PNEUMONIA", Basis.ALL, site, day);
    QualitySums sums = quality.computeIfAbsent(key, k -> QualitySums.empty());
    sums.add(QualityMeasure.RESIDUAL, 1e-6 * random.nextDouble());
    sums.add(QualityMeasure.SPARSENESS, Concentration.gini(grid));
    sums.add(QualityMeasure.ENTROPY, Concentration.entropy(grid));
    FrameZones.ofPeak(grid).ifPresent(sums::addPeak);
    if (i % 10 == 0) {
      sums.add(QualityMeasure.DELETION, 0.2 + 0.2 * random.nextDouble());
      sums.add(QualityMeasure.EXPLAINER_RANK_CORRELATION, 0.7 + 0.2 * random.nextDouble());
    }
    if (i % 30 == 0) {
      sums.add(QualityMeasure.POINTING_GAME, random.nextInt(5) > 0 ? 1 : 0);
      sums.add(QualityMeasure.IOU, random.nextDouble());
    }
    long images =
        sums.tally(QualityMeasure.SPARSENESS).n()
            + sums.tally(QualityMeasure.SPARSENESS).undefined();
    models.apply(records.quality(key, images, sums));
  }

  private void outcome(
      CellGrid grid, int i, String site, LocalDate day, boolean found, boolean sick) {
    Basis cell = found ? sick ? Basis.TP : Basis.FP : sick ? Basis.FN : Basis.TN;
    add(Records.key("PNEUMONIA", cell, site, day), grid, i);
    if (sick) {
      add(Records.key("PNEUMONIA", Basis.CONFIRMED, site, day), grid, i);
    }
  }

  private void add(AggregateKey key, CellGrid grid, long fingerprint) {
    Moments moments = state.computeIfAbsent(key, k -> Moments.empty(SIDE, SIDE, Records.EXPONENT));
    moments.add(new CellMap(grid, false, 0, fingerprint));
    models.apply(records.map(key, moments, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
  }

  private CellGrid grid(boolean sick) {
    short[] cells = new short[SIDE * SIDE];
    double cy = sick ? 9 : 4 + random.nextInt(6);
    double cx = sick ? 4 : 3 + random.nextInt(8);
    for (int i = 0; i < cells.length; i++) {
      int row = i / SIDE;
      double dy = row - cy;
      double dx = i % SIDE - cx;
      cells[i] = (short) (16384 * Math.exp(-(dy * dy + dx * dx) / 6));
    }
    return new CellGrid(SIDE, SIDE, Records.EXPONENT, cells);
  }

  private byte[] chest() {
    byte[] grey = new byte[64 * 64];
    for (int i = 0; i < grey.length; i++) {
      int row = i / 64;
      double y = row / 64.0;
      double x = i % 64 / 64.0;
      double left = Math.hypot((x - 0.31) / 0.17, (y - 0.48) / 0.33);
      double right = Math.hypot((x - 0.69) / 0.17, (y - 0.48) / 0.33);
      double lung = 1 / (1 + Math.exp(-9 * (1 - Math.min(left, right))));
      double body = 1 / (1 + Math.exp(-12 * (0.55 - Math.abs(x - 0.5))));
      double ribs = 12 * Math.sin(y * 60 + Math.abs(x - 0.5) * 9);
      grey[i] =
          (byte)
              Math.max(
                  0, Math.min(255, body * (170 - 125 * lung + ribs) + random.nextGaussian() * 8));
    }
    return grey;
  }
}

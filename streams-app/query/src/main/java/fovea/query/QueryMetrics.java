package fovea.query;

import fovea.core.aggregate.Basis;
import fovea.core.aggregate.Counters;
import fovea.core.aggregate.Quantity;
import fovea.core.map.KeyCount;
import fovea.core.map.Tally;
import fovea.core.quality.QualitySums;
import fovea.core.quality.QualityTally;
import fovea.core.quality.ZoneConsistency;
import fovea.query.read.QualityTable;
import fovea.query.read.Standing;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the read models say, as gauges that are taken anew at every scrape; at most 500 series each,
 * in order of their names.
 */
final class QueryMetrics {
  private static final int MAX_SERIES = 500;
  private final ReadModels models;
  private final PrometheusMeterRegistry registry;
  private final MultiGauge mapImages;
  private final MultiGauge images;
  private final MultiGauge qualityMean;
  private final MultiGauge qualityImages;
  private final MultiGauge peakZoneShare;
  private final MultiGauge zoneConsistency;
  private final MultiGauge deadLetters;
  private final MultiGauge lag;
  private final MultiGauge age;
  private final MultiGauge bad;

  QueryMetrics(ReadModels models, PrometheusMeterRegistry registry) {
    this.models = models;
    this.registry = registry;
    mapImages = gauge("fovea.map.images", "Images in the map over all images.");
    images = gauge("fovea.images", "Images by what became of them.");
    qualityMean = gauge("fovea.quality.mean", "Mean of a measure of explanations, all images.");
    qualityImages = gauge("fovea.quality.images", "Images that a measure has a value of.");
    peakZoneShare =
        gauge("fovea.quality.peak.zone.share", "Share of images with their peak in the best zone.");
    zoneConsistency =
        gauge("fovea.quality.zone.consistency", "Share of labels whose peak stays in one zone.");
    deadLetters = gauge("fovea.dead.letters", "Refused records by reason.");
    lag = gauge("fovea.read.model.lag.records", "Committed records not yet applied.");
    age = gauge("fovea.read.model.age.seconds", "Age of the newest applied record.");
    bad = gauge("fovea.read.model.bad.records", "Records that could not be read.");
  }

  List<Route> routes() {
    return List.of(new Route("/metrics", List.of(), false, ask -> scrape()));
  }

  private synchronized Reply scrape() {
    mapImages.register(mapRows(), true);
    images.register(imageRows(), true);
    Map<QualityTable.Subject, QualitySums> quality = models.quality().overAll();
    qualityMean.register(qualityRows(quality, QualityTally::mean), true);
    qualityImages.register(qualityRows(quality, QualityTally::n), true);
    peakZoneShare.register(peakRows(quality), true);
    zoneConsistency.register(consistencyRows(quality), true);
    deadLetters.register(deadLetterRows(), true);
    lag.register(rows(Standing::lag), true);
    bad.register(rows(Standing::badRecords), true);
    age.register(rows(this::ageSeconds), true);
    return Reply.ok(
        "text/plain; version=0.0.4; charset=utf-8",
        registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  private interface Reading {
    double of(Standing standing);
  }

  private List<MultiGauge.Row<?>> rows(Reading reading) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Standing one : models.standings()) {
      rows.add(MultiGauge.Row.of(Tags.of("topic", one.topic()), reading.of(one)));
    }
    return rows;
  }

  private double ageSeconds(Standing one) {
    return one.asOf()
        .map(at -> Duration.between(at, models.now()).toMillis() / 1000.0)
        .orElse(Double.NaN);
  }

  private List<MultiGauge.Row<?>> mapRows() {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Tags> tags = new TreeMap<>();
    models
        .maps()
        .keys()
        .filter(QueryMetrics::whole)
        .forEach(
            one -> {
              Tags of =
                  Tags.of(
                      "model", one.key().model().id(),
                      "version", one.key().model().version(),
                      "label", one.key().label(),
                      "site", one.key().site());
              tags.put(of.toString(), of);
              counts.merge(of.toString(), one.n(), Long::sum);
            });
    return bounded(counts, tags);
  }

  private static boolean whole(KeyCount one) {
    return one.key().quantity() == Quantity.ATTENTION_MAX1 && one.key().basis() == Basis.ALL;
  }

  private List<MultiGauge.Row<?>> imageRows() {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Tags> tags = new TreeMap<>();
    for (var model : models.tallies().models()) {
      Tally tally = models.tallies().sum(key -> key.model().equals(model));
      Map<String, Long> outcomes = new TreeMap<>();
      outcomes.put("scored", tally.scored());
      outcomes.put("aggregated", tally.aggregated());
      outcomes.put("withoutMap", tally.withoutMap());
      tally.rejected().forEach((reason, n) -> outcomes.put("rejected." + reason, n));
      outcomes.forEach(
          (outcome, n) -> {
            Tags of = Tags.of("model", model.id(), "version", model.version(), "outcome", outcome);
            tags.put(of.toString(), of);
            counts.merge(of.toString(), n, Long::sum);
          });
    }
    return bounded(counts, tags);
  }

  private static List<MultiGauge.Row<?>> qualityRows(
      Map<QualityTable.Subject, QualitySums> quality, ToDoubleFunction<QualityTally> of) {
    SortedMap<String, Double> values = new TreeMap<>();
    Map<String, Tags> tags = new TreeMap<>();
    quality.forEach(
        (key, sums) ->
            sums.snapshot()
                .forEach(
                    (measure, tally) -> {
                      Tags named = labelled(key).and("measure", measure.name());
                      tags.put(named.toString(), named);
                      values.put(named.toString(), of.applyAsDouble(tally));
                    }));
    return bounded(values, tags);
  }

  private static List<MultiGauge.Row<?>> peakRows(Map<QualityTable.Subject, QualitySums> quality) {
    SortedMap<String, Double> values = new TreeMap<>();
    Map<String, Tags> tags = new TreeMap<>();
    quality.forEach(
        (key, sums) ->
            ZoneConsistency.greatestShare(sums.peaks())
                .ifPresent(
                    share -> {
                      Tags named = labelled(key);
                      tags.put(named.toString(), named);
                      values.put(named.toString(), share);
                    }));
    return bounded(values, tags);
  }

  private static List<MultiGauge.Row<?>> consistencyRows(
      Map<QualityTable.Subject, QualitySums> quality) {
    Map<String, Tags> tags = new TreeMap<>();
    Map<String, List<Counters>> labels = new TreeMap<>();
    quality.forEach(
        (key, sums) -> {
          Tags named = modelled(key);
          tags.put(named.toString(), named);
          labels.computeIfAbsent(named.toString(), of -> new ArrayList<>()).add(sums.peaks());
        });
    SortedMap<String, Double> values = new TreeMap<>();
    labels.forEach(
        (name, peaks) -> ZoneConsistency.score(peaks).ifPresent(score -> values.put(name, score)));
    tags.keySet().retainAll(values.keySet());
    return bounded(values, tags);
  }

  private static Tags labelled(QualityTable.Subject key) {
    return modelled(key).and("label", key.label());
  }

  private static Tags modelled(QualityTable.Subject key) {
    return Tags.of(
        "model", key.model().id(),
        "version", key.model().version(),
        "variant", key.model().variant(),
        "frame", key.frame());
  }

  private List<MultiGauge.Row<?>> deadLetterRows() {
    Map<String, Long> counts = new TreeMap<>(models.deadLetters().byReason());
    Map<String, Tags> tags = new TreeMap<>();
    counts.keySet().forEach(reason -> tags.put(reason, Tags.of("reason", reason)));
    return bounded(counts, tags);
  }

  private static List<MultiGauge.Row<?>> bounded(
      Map<String, ? extends Number> values, Map<String, Tags> tags) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    tags.forEach(
        (name, of) -> {
          if (rows.size() < MAX_SERIES) {
            Number value = values.get(name);
            rows.add(MultiGauge.Row.of(of, value == null ? 0 : value));
          }
        });
    return rows;
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }
}

package fovea.streams.aggregate;

import fovea.schema.Certificate;
import fovea.schema.Erasure;
import fovea.schema.Removal;
import java.time.Instant;
import java.util.List;

/** What contribute removed for an erasure, and until when traces of it can be found. Immutable. */
final class ContributeCertificate {
  private static final String LOG = "-changelog";
  private static final String PURGED = "-repartition";

  private final Places places;
  private final Retention retention;
  private final String prefix;

  ContributeCertificate(Places places, Retention retention, String applicationId) {
    this.places = places;
    this.retention = retention;
    this.prefix = applicationId + "-";
  }

  Certificate of(Erasure x, List<Change> changes, long outcomes, Instant now) {
    long withdrawn = changes.stream().filter(Change::withdrawn).count();
    long corrected = changes.stream().filter(c -> !c.isNone()).count() - withdrawn;
    return Certificate.newBuilder()
        .setSubjectId(x.getSubjectId())
        .setImageId(x.getImageId())
        .setRequestId(x.getRequestId())
        .setEffectiveAt(x.getEffectiveAt())
        .setStage(AggregateNames.CONTRIBUTE)
        .setRemoved(removed(x, new long[] {withdrawn, corrected, outcomes}, now))
        .setIssuedAt(now)
        .build();
  }

  /**
   * @param counts contributions that went, contributions that changed, outcomes that went
   */
  private List<Removal> removed(Erasure x, long[] counts, Instant now) {
    Instant newest = now.isAfter(x.getEffectiveAt()) ? now : x.getEffectiveAt();
    return List.of(
        places.compacted(
            prefix + AggregateNames.CONTRIBUTIONS + LOG,
            counts[0],
            now,
            "what the images added; %d more changed".formatted(counts[1])),
        places.compacted(
            prefix + AggregateNames.OUTCOMES + LOG, counts[2], now, "what was known of them"),
        places.compacted(
            prefix + AggregateNames.EXPIRIES + LOG, counts[0] + counts[2], now, "keys alone"),
        mark(x),
        places.compacted(
            places.topics().explanations(),
            counts[0],
            now,
            "tombstones; an image still on the way is refused when it comes, and has its own"),
        places.purged(prefix + AggregateNames.OUTCOMES + PURGED, now),
        places.purged(prefix + AggregateNames.ERASURES + PURGED, now),
        places.purged(prefix + AggregateNames.DELTAS + PURGED, now),
        Places.files(now),
        places.images(places.topics().images(), newest, "only its retention removes images"),
        places.images(
            places.topics().deadLetters(), newest, "refused images; only retention removes them"),
        places.outcomes(newest),
        Places.kept(
            places.topics().erasures(), "the request is kept as proof; it holds the pseudonym"),
        Places.kept(
            places.topics().certificates(),
            "certificates are kept as proof; they hold the pseudonym"));
  }

  private Removal mark(Erasure x) {
    Instant end = retention.end(Retention.concerns(x.getEffectiveAt()));
    return places.compacted(
        prefix + AggregateNames.ERASED + LOG,
        0,
        end,
        "the pseudonym and the moment, which refuse images still on the way");
  }
}

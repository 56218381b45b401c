package fovea.streams.aggregate;

import fovea.schema.Certificate;
import fovea.schema.Erasure;
import fovea.schema.ErasureMark;
import fovea.schema.Removal;
import java.time.Instant;
import java.util.List;

/** What accumulate subtracted for an erasure, and where its traces remain. Immutable. */
final class AccumulateCertificate {
  private static final String DIFFERENCE =
      "subtracted exactly; until compaction two versions differ by what was taken";

  private final Places places;
  private final String prefix;

  AccumulateCertificate(Places places, String applicationId) {
    this.places = places;
    this.prefix = applicationId + "-";
  }

  Certificate of(ErasureMark mark, Instant now) {
    Erasure x = mark.getErasure();
    return Certificate.newBuilder()
        .setSubjectId(x.getSubjectId())
        .setImageId(x.getImageId())
        .setRequestId(x.getRequestId())
        .setEffectiveAt(x.getEffectiveAt())
        .setStage(AggregateNames.ACCUMULATE)
        .setPart(mark.getPart())
        .setParts(mark.getParts())
        .setRemoved(removed(mark.getContributions(), now))
        .setIssuedAt(now)
        .build();
  }

  private List<Removal> removed(long contributions, Instant now) {
    return List.of(
        state(prefix + AggregateNames.MOMENTS + "-changelog", contributions, now),
        state(prefix + AggregateNames.FOLDS + "-changelog", contributions, now),
        state(prefix + AggregateNames.QUALITY + "-changelog", contributions, now),
        state(prefix + AggregateNames.COUNTERS + "-changelog", contributions, now),
        state(places.topics().globalExplanations(), contributions, now),
        places.purged(prefix + AggregateNames.DELTAS + "-repartition", now),
        Places.files(now),
        Places.kept(
            places.topics().validations(),
            "not recomputed: a validation is of the images it was made with"),
        Places.kept(
            places.topics().alarms(),
            "not recomputed: neither alarms nor the running evidence of detectors"));
  }

  private Removal state(String place, long contributions, Instant now) {
    return places.compacted(place, contributions, now, DIFFERENCE);
  }
}

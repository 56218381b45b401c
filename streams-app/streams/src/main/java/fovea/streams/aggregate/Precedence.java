package fovea.streams.aggregate;

import fovea.schema.Contribution;
import org.jspecify.annotations.Nullable;

/**
 * What a contribution is to the one that stands for its image: the greater (revision, payload
 * SHA-256) wins whatever the order of arrival, and equal is a replay.
 */
enum Precedence {
  FIRST,
  REPLACES,
  REPLAY,
  SUPERSEDED;

  static Precedence of(@Nullable Contribution before, Contribution now) {
    if (before == null) {
      return FIRST;
    }
    int order = Long.compare(now.getRevision(), before.getRevision());
    if (order == 0) {
      order = now.getPayloadSha256().compareTo(before.getPayloadSha256());
    }
    return order > 0 ? REPLACES : order < 0 ? SUPERSEDED : REPLAY;
  }
}

package fovea.streams.aggregate;

import fovea.core.aggregate.KeyText;
import fovea.schema.Contribution;
import fovea.schema.Erasure;
import fovea.schema.HeldContributions;
import fovea.schema.HeldOutcome;
import fovea.schema.HeldOutcomes;
import fovea.schema.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each subject, and what one more record changes of it.
 *
 * <p>{contributions}, {outcomes} and {erased} are functions of the <em>sets</em> of explanations,
 * outcomes and erasures read so far, whatever their order, and what stands for an image follows
 * from them alone:
 *
 * <ul>
 *   <li>of one image and model version the explanation of greatest (revision, payload SHA-256,
 *       ingestedAt, content) that no erasure took;
 *   <li>under the outcome of its image or, where there is none, of its exam: the greatest
 *       (confirmedAt, Avro bytes as unsigned numbers) that no erasure took;
 *   <li>an erasure takes every image with ingestedAt ≤ effectiveAt and every outcome recorded by
 *       then; of one image only that image and its own outcomes.
 * </ul>
 *
 * <p>What is expired neither stands nor holds. Thread-confined; reads all of a subject only for
 * outcomes of exams and for erasures.
 */
final class Ledger {
  private static final Candidates<Contribution> STANDING =
      new Candidates<>(
          Comparator.comparingLong(Contribution::getRevision)
              .thenComparing(Contribution::getPayloadSha256)
              .thenComparing(Contribution::getIngestedAt)
              .thenComparing(Comparator.naturalOrder()),
          Contribution::getIngestedAt);

  private static final Candidates<HeldOutcome> HOLDING =
      new Candidates<>(
          Comparator.comparing((HeldOutcome held) -> held.getOutcome().getConfirmedAt())
              .thenComparing(held -> bytes(held.getOutcome()), Arrays::compareUnsigned)
              .thenComparing(HeldOutcome::getRecordedAt),
          HeldOutcome::getRecordedAt);

  private static final String IMAGE = "image";
  private static final String EXAM = "exam";

  private final Shelf<HeldContributions> contributions;
  private final Shelf<HeldOutcomes> outcomes;
  private final Shelf<Long> erased;
  private final Horizon horizon;

  Ledger(
      Shelf<HeldContributions> contributions,
      Shelf<HeldOutcomes> outcomes,
      Shelf<Long> erased,
      Horizon horizon) {
    this.contributions = contributions;
    this.outcomes = outcomes;
    this.erased = erased;
    this.horizon = horizon;
  }

  /** One more explanation of the image under {@code key}; {@code until} is its erasure's. */
  Change explained(String key, Contribution now, Optional<Instant> until) {
    return settle(key, List.of(now), until);
  }

  /** One more outcome. */
  List<Change> confirmed(Outcome o, Instant recordedAt) {
    String key = outcomeKey(o);
    Optional<HeldOutcomes> before = outcomes.get(key);
    List<HeldOutcome> held = new ArrayList<>(candidates(before));
    held.add(new HeldOutcome(o, recordedAt));
    write(key, before, held);
    return settleAll(keysOf(o.getSubjectId(), o.getImageId()));
  }

  /** One more erasure; how many outcomes it took is added to {@code outcomesTaken}. */
  List<Change> erased(Erasure x, List<String> outcomesTaken) {
    mark(KeyText.join(imageParts(x)), x.getEffectiveAt());
    for (String key : outcomeKeys(x)) {
      Optional<HeldOutcomes> before = outcomes.get(key);
      write(key, before, candidates(before));
      if (!before.equals(outcomes.get(key))) {
        outcomesTaken.add(key);
      }
    }
    return settleAll(keysOf(x.getSubjectId(), x.getImageId()));
  }

  /**
   * Lets go of everything about days that are expired. What an outcome that goes had confirmed is
   * unconfirmed again, where the image came so much later that it is still here: what stands never
   * depends on what is gone.
   */
  List<Change> expire(Expiries expiries) {
    List<Change> changes = new ArrayList<>();
    expiries.through(
        horizon.day(),
        (store, key) -> {
          if (store.equals(contributions.name())) {
            changes.add(settle(key));
          } else if (store.equals(outcomes.name())) {
            Optional<HeldOutcomes> before = outcomes.get(key);
            write(key, before, candidates(before));
            List<String> parts = KeyText.split(key);
            String image = parts.get(1).equals(IMAGE) ? parts.get(2) : null;
            changes.addAll(settleAll(keysOf(parts.getFirst(), image)));
          } else {
            erased.replace(key, erased.get(key), Optional.empty());
          }
        });
    return changes;
  }

  /** Until when what came of an image is taken; empty where nothing is. */
  Optional<Instant> erasedUntil(String subject, String image) {
    long whole = erased.get(KeyText.join(subject)).orElse(Long.MIN_VALUE);
    long one = erased.get(KeyText.join(subject, image)).orElse(Long.MIN_VALUE);
    long until = Math.max(whole, one);
    return until == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
  }

  /** Whether an outcome of this moment is taken by an erasure. */
  boolean takes(Outcome o, Instant recordedAt) {
    return taken(untilOf(o), recordedAt);
  }

  /** An image's own marks reach its outcomes; of an exam only the subject's mark does. */
  private Optional<Instant> untilOf(Outcome o) {
    String image = o.getImageId();
    return image == null
        ? erased.get(KeyText.join(o.getSubjectId())).map(Instant::ofEpochMilli)
        : erasedUntil(o.getSubjectId(), image);
  }

  static boolean taken(Optional<Instant> until, Instant came) {
    return until.isPresent() && !came.isAfter(until.get());
  }

  private List<Change> settleAll(List<String> keys) {
    return keys.stream().map(this::settle).toList();
  }

  private Change settle(String key) {
    List<String> parts = KeyText.split(key);
    return settle(key, List.of(), erasedUntil(parts.get(0), parts.get(1)));
  }

  /** What stands under {@code key} when {@code more} has come. */
  private Change settle(String key, List<Contribution> more, Optional<Instant> until) {
    List<String> parts = KeyText.split(key);
    Optional<HeldContributions> before = contributions.get(key);
    List<Contribution> left = new ArrayList<>(1);
    for (Contribution one : concat(before, more)) {
      if (!taken(until, one.getIngestedAt()) && !horizon.expired(one.getPane())) {
        left.add(Confirmation.of(one, outcome(parts, one)));
      }
    }
    List<Contribution> kept = STANDING.of(left);
    Optional<HeldContributions> after =
        kept.isEmpty() ? Optional.empty() : Optional.of(new HeldContributions(kept));
    contributions.replace(key, before, after);
    return new Change(key, before.map(Ledger::first), after.map(Ledger::first));
  }

  private static List<Contribution> concat(
      Optional<HeldContributions> before, List<Contribution> more) {
    List<Contribution> all = new ArrayList<>(more);
    before.ifPresent(held -> all.addAll(held.getCandidates()));
    return all;
  }

  private static Contribution first(HeldContributions held) {
    return held.getCandidates().getFirst();
  }

  private Optional<Outcome> outcome(List<String> image, Contribution c) {
    String exam = c.getExamId();
    return held(KeyText.join(image.get(0), IMAGE, image.get(1)))
        .or(() -> exam == null ? Optional.empty() : held(KeyText.join(image.get(0), EXAM, exam)));
  }

  private Optional<Outcome> held(String key) {
    return outcomes.get(key).map(held -> held.getCandidates().getFirst().getOutcome());
  }

  private void mark(String key, Instant effectiveAt) {
    if (!horizon.expired(Retention.concerns(effectiveAt))) {
      Optional<Long> before = erased.get(key);
      long until = Math.max(before.orElse(Long.MIN_VALUE), effectiveAt.toEpochMilli());
      erased.replace(key, before, Optional.of(until));
    }
  }

  private void write(String key, Optional<HeldOutcomes> before, List<HeldOutcome> candidates) {
    List<HeldOutcome> left = new ArrayList<>(1);
    for (HeldOutcome one : candidates) {
      if (!takes(one.getOutcome(), one.getRecordedAt())
          && !horizon.expired(Retention.concerns(one.getRecordedAt()))) {
        left.add(one);
      }
    }
    List<HeldOutcome> kept = HOLDING.of(left);
    outcomes.replace(
        key, before, kept.isEmpty() ? Optional.empty() : Optional.of(new HeldOutcomes(kept)));
  }

  private static List<HeldOutcome> candidates(Optional<HeldOutcomes> held) {
    return held.map(HeldOutcomes::getCandidates).orElse(List.of());
  }

  /** Of one image, or of the whole subject where {@code image} is null. */
  private List<String> keysOf(String subject, @Nullable String image) {
    return contributions.keys(
        (image == null ? KeyText.join(subject) : KeyText.join(subject, image)) + "|");
  }

  private List<String> outcomeKeys(Erasure x) {
    String image = x.getImageId();
    return image == null
        ? outcomes.keys(KeyText.join(x.getSubjectId()) + "|")
        : List.of(KeyText.join(x.getSubjectId(), IMAGE, image));
  }

  private static String outcomeKey(Outcome o) {
    String image = o.getImageId();
    return image == null
        ? KeyText.join(o.getSubjectId(), EXAM, String.valueOf(o.getExamId()))
        : KeyText.join(o.getSubjectId(), IMAGE, image);
  }

  private static String[] imageParts(Erasure x) {
    String image = x.getImageId();
    return image == null ? new String[] {x.getSubjectId()} : new String[] {x.getSubjectId(), image};
  }

  private static byte[] bytes(Outcome outcome) {
    try {
      ByteBuffer encoded = outcome.toByteBuffer();
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("an outcome in memory cannot be written", e);
    }
  }
}

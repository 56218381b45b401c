package fovea.streams.aggregate;

/** Names of the aggregate's nodes and stores: changelogs hang on them, so they stay for ever. */
public final class AggregateNames {
  public static final String CONTRIBUTE = "contribute";
  public static final String CONTRIBUTIONS = "contributions";

  /** A store, and the repartition topic that leads to it. */
  public static final String OUTCOMES = "outcomes";

  public static final String ERASED = "erased";
  public static final String EXPIRIES = "expiries";

  /** The repartition topic of erasures. */
  public static final String ERASURES = "erasures";

  /** Below contribute: differences on their way to {@link #DELTAS}. */
  public static final String CHANGED = "changed";

  /** Below contribute: tombstones of explanations. */
  public static final String WITHDRAWN = "withdrawn";

  /** Below contribute: certificates. */
  public static final String CONTRIBUTE_CERTIFIED = "contribute-certified";

  /** Below contribute: dead letters. */
  public static final String CONTRIBUTE_REFUSED = "contribute-refused";

  public static final String DELTAS = "deltas";

  public static final String ACCUMULATE = "accumulate";
  public static final String MOMENTS = "moments";
  public static final String FOLDS = "folds";
  public static final String QUALITY = "quality";
  public static final String COUNTERS = "counters";

  /** Below accumulate: states on their way out. */
  public static final String EMITTED = "emitted";

  /** Below accumulate: certificates. */
  public static final String ACCUMULATE_CERTIFIED = "accumulate-certified";

  /** Below accumulate: dead letters. */
  public static final String ACCUMULATE_REFUSED = "accumulate-refused";

  private AggregateNames() {}

  /** What reads a kind of record: explanation, outcome or erasure. */
  public static String read(String kind) {
    return "read-" + kind;
  }

  /** Below that: what may be counted. */
  public static String accepted(String kind) {
    return "accepted-" + kind;
  }

  /** Below that: dead letters. */
  public static String refused(String kind) {
    return "refused-" + kind;
  }
}

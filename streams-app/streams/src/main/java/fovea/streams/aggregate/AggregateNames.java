package fovea.streams.aggregate;

/** Names of the aggregate's nodes and stores: changelogs hang on them, so they stay for ever. */
public final class AggregateNames {
  public static final String CONTRIBUTE = "contribute";
  public static final String CONTRIBUTIONS = "contributions";

  /** Below contribute: differences on their way to {@link #DELTAS}. */
  public static final String CHANGED = "changed";

  /** Below contribute: dead letters. */
  public static final String CONTRIBUTE_REFUSED = "contribute-refused";

  public static final String DELTAS = "deltas";

  public static final String ACCUMULATE = "accumulate";
  public static final String MOMENTS = "moments";
  public static final String COUNTERS = "counters";

  /** Below accumulate: states on their way out. */
  public static final String EMITTED = "emitted";

  /** Below accumulate: dead letters. */
  public static final String ACCUMULATE_REFUSED = "accumulate-refused";

  private AggregateNames() {}
}

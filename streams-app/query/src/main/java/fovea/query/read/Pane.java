package fovea.query.read;

import fovea.core.moments.Folds;
import fovea.core.moments.Moments;
import java.time.Instant;
import java.util.Optional;

/** The state of one aggregate; its moments and folds are never written again. */
record Pane(Moments moments, Optional<Folds> folds, Instant asOf) {}

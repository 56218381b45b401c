package fovea.query.read;

import fovea.core.moments.FoldsSnapshot;
import fovea.core.moments.Moments;
import java.time.Instant;
import java.util.Optional;

/** The state of one aggregate; its moments are never written again. */
record Pane(Moments moments, Optional<FoldsSnapshot> folds, Instant asOf) {}

package fovea.query.read;

import fovea.core.moments.Moments;
import java.time.Instant;

/** The state of one aggregate; its moments are never written again. */
record Pane(Moments moments, Instant asOf) {}

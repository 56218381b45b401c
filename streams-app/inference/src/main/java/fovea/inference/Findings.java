package fovea.inference;

import fovea.core.frame.FrameSpec;
import fovea.modelstore.Manifest.Explainer;
import fovea.modelstore.Manifest.Quantisation;
import java.util.List;
import java.util.Map;

/** What trying a graph out showed: the parts of its manifest that nobody had to say. */
record Findings(
    Map<String, String> outputs,
    List<Float> offset,
    Quantisation quantisation,
    FrameSpec frame,
    Explainer explainer,
    boolean batchInvariant) {}

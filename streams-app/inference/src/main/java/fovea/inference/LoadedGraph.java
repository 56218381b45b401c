package fovea.inference;

import ai.djl.Model;
import fovea.core.inference.EngineReport;

/**
 * A graph in a session of its own; who takes it closes the model.
 *
 * @param model the session
 * @param report what runs it
 * @param mostImages of one call
 */
record LoadedGraph(Model model, EngineReport report, int mostImages) {}

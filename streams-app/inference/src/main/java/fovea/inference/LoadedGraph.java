package fovea.inference;

import ai.djl.Model;
import fovea.core.inference.EngineReport;

/** A graph in a session of its own, and what runs it; who takes it closes the model. */
record LoadedGraph(Model model, EngineReport report) {}

package fovea.inference;

import fovea.core.inference.Classifier;

/** Where graphs become classifiers. */
@FunctionalInterface
interface EngineRoom {
  /**
   * The graph on an engine; the caller closes it.
   *
   * @throws fovea.modelstore.ModelRefusedException if no engine that may run it loads it
   */
  Classifier open(GraphFile graph, GraphContract contract);
}

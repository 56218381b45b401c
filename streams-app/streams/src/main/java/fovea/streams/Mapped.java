package fovea.streams;

import fovea.core.inference.Outputs;

/**
 * What a model gave of one image, with maps where there are some.
 *
 * @param outputs explained only where the fate is a map
 * @param fate what became of the maps
 * @param nanos what they cost beside the first run
 */
record Mapped(Outputs outputs, MapFate fate, long nanos) {}

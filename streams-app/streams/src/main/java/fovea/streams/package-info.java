/** The topologies: score, and aggregate, with the models that score now. */
@NullMarked
package fovea.streams;

import org.jspecify.annotations.NullMarked;

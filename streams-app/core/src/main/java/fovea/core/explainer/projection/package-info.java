/** Where images lie in a model's plane, as a density that is summed exactly. */
@NullMarked
package fovea.core.explainer.projection;

import org.jspecify.annotations.NullMarked;

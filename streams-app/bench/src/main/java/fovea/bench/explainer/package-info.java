/** What an explanation costs beside the forwards it asks for. */
@NullMarked
package fovea.bench.explainer;

import org.jspecify.annotations.NullMarked;

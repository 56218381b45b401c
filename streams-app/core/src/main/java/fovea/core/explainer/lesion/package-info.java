/** Lesion maps and the path from lesions to the diagnosis. */
@NullMarked
package fovea.core.explainer.lesion;

import org.jspecify.annotations.NullMarked;

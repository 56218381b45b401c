/** Pixels: decoding within limits, resampling, and the tensor a model takes. */
@NullMarked
package fovea.core.image;

import org.jspecify.annotations.NullMarked;

/** How good an explanation is, image by image, and the exact sums of that. */
@NullMarked
package fovea.core.quality;

import org.jspecify.annotations.NullMarked;

/**
 * The aligned space in which cell-wise aggregation means something, and the check that an image
 * lies in it.
 */
@NullMarked
package fovea.core.frame;

import org.jspecify.annotations.NullMarked;

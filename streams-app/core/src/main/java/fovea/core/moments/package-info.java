/**
 * The exact accumulator of maps: integer planes on the grid, and what they say of the upsampled
 * map.
 */
@NullMarked
package fovea.core.moments;

import org.jspecify.annotations.NullMarked;

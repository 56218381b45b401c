/** The two steps of aggregate: contribute finds what changed per image, accumulate sums it up. */
@NullMarked
package fovea.streams.aggregate;

import org.jspecify.annotations.NullMarked;

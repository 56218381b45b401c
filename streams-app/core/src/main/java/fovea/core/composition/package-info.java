/** Maps put together from aggregates: sums of sums, means of means, and what two differ by. */
@NullMarked
package fovea.core.composition;

import org.jspecify.annotations.NullMarked;

/** What an update of the aggregates costs in the store. */
@NullMarked
package fovea.bench.store;

import org.jspecify.annotations.NullMarked;

/** What adding one map to a state costs, by how the state lies in memory. */
@NullMarked
package fovea.bench.kernel;

import org.jspecify.annotations.NullMarked;

/** What the aggregate costs beside what else one might have written, how it grows, one hash. */
@NullMarked
package fovea.bench.aggregate;

import org.jspecify.annotations.NullMarked;

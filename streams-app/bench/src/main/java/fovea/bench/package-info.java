/** Benchmarks: one class per question. Results live in RESULTS.md, never in prose. */
@NullMarked
package fovea.bench;

import org.jspecify.annotations.NullMarked;

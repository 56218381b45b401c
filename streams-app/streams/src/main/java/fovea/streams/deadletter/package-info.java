/** Records that could not be processed: why, and how they leave. */
@NullMarked
package fovea.streams.deadletter;

import org.jspecify.annotations.NullMarked;

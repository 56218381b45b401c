/** What a graph says beside logits and evidence, as a record carries it. */
@NullMarked
package fovea.streams.readings;

import org.jspecify.annotations.NullMarked;

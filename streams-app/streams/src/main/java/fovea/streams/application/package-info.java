/** A topology as a running application: its settings, its memory, its state and its drawing. */
@NullMarked
package fovea.streams.application;

import org.jspecify.annotations.NullMarked;

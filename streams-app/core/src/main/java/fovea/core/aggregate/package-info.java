/** What is kept apart and what is counted: keys, quantities, bases, panes and counters. */
@NullMarked
package fovea.core.aggregate;

import org.jspecify.annotations.NullMarked;

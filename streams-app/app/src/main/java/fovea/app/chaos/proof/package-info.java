/** An independent account of what a run must have come to: plain consumers and core alone. */
@NullMarked
package fovea.app.chaos.proof;

import org.jspecify.annotations.NullMarked;

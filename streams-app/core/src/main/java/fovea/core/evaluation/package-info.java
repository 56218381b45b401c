/** What a frozen model does on labelled images: figures, with their intervals over subjects. */
@NullMarked
package fovea.core.evaluation;

import org.jspecify.annotations.NullMarked;

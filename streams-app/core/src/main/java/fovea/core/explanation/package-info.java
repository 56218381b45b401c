/** From the evidence of one image to the integers that are summed. */
@NullMarked
package fovea.core.explanation;

import org.jspecify.annotations.NullMarked;

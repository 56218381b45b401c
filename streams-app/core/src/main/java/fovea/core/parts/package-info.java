/** What one prediction is made of, where its model says it. */
@NullMarked
package fovea.core.parts;

import org.jspecify.annotations.NullMarked;

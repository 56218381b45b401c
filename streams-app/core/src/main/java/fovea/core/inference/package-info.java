/** The port to a classifier: a batch of images in, logits and class evidence out. */
@NullMarked
package fovea.core.inference;

import org.jspecify.annotations.NullMarked;

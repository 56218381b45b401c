/**
 * Forward-only maps of a net whose head stands on global average pooling: CAM, Grad-CAM, HAM,
 * AdaCAM.
 */
@NullMarked
package fovea.core.explainer.head;

import org.jspecify.annotations.NullMarked;

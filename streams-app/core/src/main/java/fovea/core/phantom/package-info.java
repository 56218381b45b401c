/**
 * A seeded phantom: aligned fundus-like images with lesions of known place, truth for tests and a
 * stream that needs no patient.
 */
@NullMarked
package fovea.core.phantom;

import org.jspecify.annotations.NullMarked;

/** Asks for the erasure of a person or of one image, and waits for the certificates. */
@NullMarked
package fovea.app.erase;

import org.jspecify.annotations.NullMarked;

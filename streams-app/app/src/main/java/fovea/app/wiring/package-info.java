/** The only place where the rooms meet. */
@NullMarked
package fovea.app.wiring;

import org.jspecify.annotations.NullMarked;

/** Real processes, really killed: whether the maps come out exact whatever crashes. */
@NullMarked
package fovea.app.chaos;

import org.jspecify.annotations.NullMarked;

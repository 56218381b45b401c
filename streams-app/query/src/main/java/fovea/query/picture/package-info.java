/** Maps as pictures and arrays: colours, letters, PNG and NPY, without a display or a font. */
@NullMarked
package fovea.query.picture;

import org.jspecify.annotations.NullMarked;

/** A folder of images, published to the images topic and awaited. */
@NullMarked
package fovea.app.ingest;

import org.jspecify.annotations.NullMarked;

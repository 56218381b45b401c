/** What a GPU gives: images per second by batch, and whether its maps are the CPU's. */
@NullMarked
package fovea.bench.gpu;

import org.jspecify.annotations.NullMarked;

package fovea.query.read;

import fovea.core.image.Raster;

/**
 * A mean of thumbnails.
 *
 * @param raster grey
 * @param n how many thumbnails
 */
public record MeanImage(Raster raster, long n) {}

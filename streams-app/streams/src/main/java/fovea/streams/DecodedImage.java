package fovea.streams;

import fovea.core.image.Raster;

/** An image and all its pixels, which are many: let go as soon as the models have seen them. */
record DecodedImage(ScreenedImage image, Raster raster) {}

package fovea.core.frame;

/**
 * Where the bright field lies in the image, as shares of its sides, and how far off it may be.
 *
 * @param centreX mean centre, 0 left to 1 right
 * @param centreY mean centre, 0 top to 1 bottom
 * @param diameter mean of width and height of the field ÷ mean side of the image
 * @param tolerance greatest absolute difference of each
 */
public record FieldOfView(double centreX, double centreY, double diameter, double tolerance) {}

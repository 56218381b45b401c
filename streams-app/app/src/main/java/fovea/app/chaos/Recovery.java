package fovea.app.chaos;

/**
 * What came of one fault.
 *
 * @param fault what happened
 * @param images how many images were committed when it did
 * @param waiting how many waited then
 * @param seconds until every partition that had work had committed more; −1 where that never was
 */
public record Recovery(Fault fault, long images, long waiting, double seconds) {}

package fovea.core.map;

import java.util.Optional;

/**
 * Which images are listed; what is empty does not restrict.
 *
 * @param site taken there
 * @param label some model decided for this label
 * @param model explained by this model id
 * @param before listed after the image with this position
 */
public record ImageFilter(
    Optional<String> site, Optional<String> label, Optional<String> model, Optional<Long> before) {}

/** Which learned examples an image resembles, where, and what each adds to a logit. */
@NullMarked
package fovea.core.explainer.prototype;

import org.jspecify.annotations.NullMarked;

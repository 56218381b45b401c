/**
 * Explainers that only ask a model for scores of changed images; they need no gradient and no
 * layer.
 */
@NullMarked
package fovea.core.explainer.blackbox;

import org.jspecify.annotations.NullMarked;

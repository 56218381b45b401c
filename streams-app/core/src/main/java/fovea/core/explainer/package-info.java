/** What every explainer takes and gives: features, one map per label, and the explainer's name. */
@NullMarked
package fovea.core.explainer;

import org.jspecify.annotations.NullMarked;

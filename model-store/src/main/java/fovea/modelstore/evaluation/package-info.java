/** What a model's card says, measured: labelled images, the protocol, and the document. */
@NullMarked
package fovea.modelstore.evaluation;

import org.jspecify.annotations.NullMarked;

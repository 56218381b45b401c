/** Models on disk: the manifest of contract {@code evidence/1}, digests, and the ONNX graph. */
@NullMarked
package fovea.modelstore;

import org.jspecify.annotations.NullMarked;

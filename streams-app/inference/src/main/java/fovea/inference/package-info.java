/** DJL and its engines behind the port {@code Classifier}; loading, verifying and adding models. */
@NullMarked
package fovea.inference;

import org.jspecify.annotations.NullMarked;

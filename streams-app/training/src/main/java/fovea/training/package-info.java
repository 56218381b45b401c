/** Trains the class-evidence net of the phantom and writes it as a model of contract evidence/1. */
@NullMarked
package fovea.training;

import org.jspecify.annotations.NullMarked;

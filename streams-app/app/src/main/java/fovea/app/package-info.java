/** The entry of the program: verbs in, exit codes out. */
@NullMarked
package fovea.app;

import org.jspecify.annotations.NullMarked;

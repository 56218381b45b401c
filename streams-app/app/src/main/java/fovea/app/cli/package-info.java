/** The command line: one class per verb. */
@NullMarked
package fovea.app.cli;

import org.jspecify.annotations.NullMarked;

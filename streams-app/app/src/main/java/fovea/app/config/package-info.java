/** One typed tree of settings, from a file and the environment, each knowing where it came from. */
@NullMarked
package fovea.app.config;

import org.jspecify.annotations.NullMarked;

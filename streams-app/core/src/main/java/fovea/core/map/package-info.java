/** The read ports: the global maps and the explanations of single images. */
@NullMarked
package fovea.core.map;

import org.jspecify.annotations.NullMarked;

/** A Kafka broker and a schema registry in this process, each with its own directory. */
@NullMarked
package fovea.embedded;

import org.jspecify.annotations.NullMarked;

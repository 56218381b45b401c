/**
 * The wire: topics, keys, the Avro serde in Confluent's format and the registry client behind it.
 */
@NullMarked
package fovea.wire;

import org.jspecify.annotations.NullMarked;

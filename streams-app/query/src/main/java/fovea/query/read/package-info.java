/** Read models: what the result topics say, kept in memory as immutable snapshots. */
@NullMarked
package fovea.query.read;

import org.jspecify.annotations.NullMarked;

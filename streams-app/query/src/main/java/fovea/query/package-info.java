/** What a person or a program may ask of Fovea: read models, HTTP API and page. */
@NullMarked
package fovea.query;

import org.jspecify.annotations.NullMarked;

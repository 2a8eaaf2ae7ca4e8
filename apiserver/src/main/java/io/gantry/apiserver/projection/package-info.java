/// Reads parts of stored objects without making trees of the rest.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.projection;

/// Protobuf request bodies, decoded to trees by the field numbers that the build extracted and the records' names.
@org.jspecify.annotations.NullMarked
package io.gantry.api.protobuf;

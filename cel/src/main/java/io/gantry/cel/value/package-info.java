/// The values of CEL: Boolean, Long, [io.gantry.cel.value.Uint], Double, String,
/// [com.google.protobuf.ByteString], [java.time.Instant], [java.time.Duration], [java.util.List],
/// [io.gantry.cel.value.MapValue], [java.util.Optional], and Kubernetes' own.
package io.gantry.cel.value;

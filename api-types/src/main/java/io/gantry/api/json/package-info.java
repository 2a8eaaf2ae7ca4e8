/// JSON of records without reflection: what the codecs call that the annotation processor `api-codec-processor` writes
/// beside each record. [io.gantry.api.json.CodecModule] gives them to Jackson, which has every other type as before.
@org.jspecify.annotations.NullMarked
package io.gantry.api.json;

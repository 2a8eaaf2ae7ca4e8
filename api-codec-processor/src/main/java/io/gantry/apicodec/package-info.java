/// Writes, when api-types is compiled, a codec for each record of the API (`PodCodec` beside `Pod`): JSON without
/// reflection. The classes that the codecs call are in `io.gantry.api.json` of api-types.
@NullMarked
package io.gantry.apicodec;

import org.jspecify.annotations.NullMarked;

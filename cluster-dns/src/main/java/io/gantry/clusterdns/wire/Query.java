package io.gantry.clusterdns.wire;

import java.util.Locale;

/// A parsed query.
///
/// @param bytes the message as it came
/// @param id the client's number for it
/// @param name the name asked for as written, without the final dot
/// @param type the type asked for
/// @param recordClass the class asked for
/// @param questionEnd where the question ends in `bytes`
/// @param edns whether the client speaks EDNS
/// @param ednsVersion its version, 0 without
/// @param payloadSize how large an answer over UDP may be
public record Query(
        byte[] bytes,
        int id,
        String name,
        int type,
        int recordClass,
        int questionEnd,
        boolean edns,
        int ednsVersion,
        int payloadSize) {
    /// The name in lower case, as names are compared.
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Whether the client wants others to be asked.
    public boolean recursionDesired() {
        return (bytes[2] & 0x01) != 0;
    }
}

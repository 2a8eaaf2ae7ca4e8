package io.gantry.apiserver.outgoing;

import io.gantry.apiserver.http.Headers;

/// A whole request.
///
/// @param target path and query, encoded, beginning with a slash
/// @param headers without `content-length`, without what concerns one connection unless an upgrade is asked
///     for, and with `host` only where it is to be another than the destination's
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingRequest(String method, String target, Headers headers, byte[] body) {
    /// Whether the method says that a body belongs to it.
    boolean hasBody() {
        return body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    boolean upgrade() {
        return headers.get("upgrade") != null;
    }
}

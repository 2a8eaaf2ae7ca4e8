package io.gantry.apiserver.http;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// A whole request.
///
/// @param body never null, empty without a body; nobody changes it
/// @param certificates the client's verified chain, leaf first
/// @param ending the end of its answer
@SuppressWarnings("ArrayRecordComponent")
public record Request(RequestHead head, byte[] body, Optional<X509Certificate[]> certificates, Ending ending) {
    /// A request that no client waits for.
    public Request(RequestHead head, byte[] body, Optional<X509Certificate[]> certificates) {
        this(head, body, certificates, Ending.AT_ONCE);
    }

    public Query query() {
        return head.query();
    }
}

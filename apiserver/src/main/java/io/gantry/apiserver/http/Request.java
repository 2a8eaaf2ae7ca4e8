package io.gantry.apiserver.http;

import java.security.cert.X509Certificate;
import java.util.Optional;

/// A whole request.
///
/// @param body never null, empty without a body; nobody changes it
/// @param certificates the client's verified chain, leaf first
@SuppressWarnings("ArrayRecordComponent")
public record Request(RequestHead head, byte[] body, Optional<X509Certificate[]> certificates) {
    public Query query() {
        return head.query();
    }
}

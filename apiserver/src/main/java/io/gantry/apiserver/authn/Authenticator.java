package io.gantry.apiserver.authn;

import io.gantry.apiserver.http.RequestHead;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Finds out who asks. Runs on the event loop for cached reads: it must not block for long.
public interface Authenticator {
    /// The user, with impersonation applied by a later step.
    ///
    /// @param certificates the verified client chain, leaf first; an empty array when it did not verify
    /// @throws io.gantry.api.StatusException 401 for credentials that do not hold
    UserInfo authenticate(RequestHead head, Optional<X509Certificate[]> certificates);

    /// Whether finding out may wait for another server, so that no event loop should do it.
    default boolean mayBlock(RequestHead head, Optional<X509Certificate[]> certificates) {
        return false;
    }

    /// As [#authenticate], with who sent the request where he impersonates another.
    default Identity identify(RequestHead head, Optional<X509Certificate[]> certificates) {
        return Identity.of(authenticate(head, certificates));
    }

    /// Who sent the request, whomever he impersonates.
    default UserInfo caller(RequestHead head, Optional<X509Certificate[]> certificates) {
        return authenticate(head, certificates);
    }
}

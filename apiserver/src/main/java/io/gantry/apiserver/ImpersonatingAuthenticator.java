package io.gantry.apiserver;

import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authn.Impersonation;
import io.gantry.apiserver.authn.RequestAuthenticator;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.http.RequestHead;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// Tells who a request is from by its credentials, and for whom they may act.
final class ImpersonatingAuthenticator implements Authenticator {
    private final RequestAuthenticator credentials;
    private final Impersonation impersonation;

    ImpersonatingAuthenticator(RequestAuthenticator credentials, Impersonation impersonation) {
        this.credentials = credentials;
        this.impersonation = impersonation;
    }

    @Override
    public UserInfo authenticate(RequestHead head, Optional<X509Certificate[]> certificates) {
        return identify(head, certificates).user();
    }

    @Override
    public Identity identify(RequestHead head, Optional<X509Certificate[]> certificates) {
        return impersonation.apply(
                credentials.authenticate(head, certificates),
                head.headers(),
                user -> ApiHandler.attributes(RequestInfo.of(head), head, user));
    }

    @Override
    public boolean mayBlock(RequestHead head, Optional<X509Certificate[]> certificates) {
        return credentials.mayBlock(head, certificates) || impersonation.mayBlock(head.headers());
    }

    @Override
    public UserInfo caller(RequestHead head, Optional<X509Certificate[]> certificates) {
        return credentials.authenticate(head, certificates);
    }
}

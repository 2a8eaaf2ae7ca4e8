package io.gantry.api.authentication.v1.tokenrequest;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `TokenRequest` kind of `authentication.k8s.io/v1` to the API server and to clients.
public final class TokenRequestKind implements KindDefinition<TokenRequest> {
    public static final Kind<TokenRequest> KIND = new Kind<>(
            TokenRequest.class,
            "authentication.k8s.io",
            "v1",
            "TokenRequest",
            "tokenrequests",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<TokenRequest> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}

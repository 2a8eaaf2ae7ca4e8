package io.gantry.apiserver.flowcontrol;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.endpoint.RequestInfo;

/// What of a request decides about its flow.
///
/// @param path of a request that is for no resource
public record Digest(UserInfo user, RequestInfo info, String path) {
    private static final String ACCOUNTS = "system:serviceaccount:";

    /// Whether the user is that service account.
    ///
    /// @param name `*` for every one of the namespace
    boolean isAccount(String namespace, String name) {
        String prefix = ACCOUNTS + namespace + ":";
        return user.name().startsWith(prefix)
                && (name.equals(FlowRule.ALL)
                        || user.name().substring(prefix.length()).equals(name));
    }

    String resource() {
        return info.subresource().isEmpty() ? info.plural() : info.plural() + "/" + info.subresource();
    }
}

package io.gantry.apiserver.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a token says.
///
/// @param id the token's own id (`jti`), empty in old tokens
/// @param bound what the token dies with, beside its account
/// @param node the node of the bound pod
/// @param warnAfter when its bearer was to have another; later than that it is stale, but taken
public record TokenClaims(
        String id,
        String namespace,
        Ref serviceAccount,
        Optional<Bound> bound,
        Optional<Ref> node,
        List<String> audiences,
        Instant issued,
        Instant expires,
        Optional<Instant> warnAfter) {
    public TokenClaims {
        audiences = List.copyOf(audiences);
    }

    /// An object by name and uid; a uid may be empty where unknown.
    public record Ref(String name, String uid) {}

    /// @param kind `pod`, `secret` or `node`, as the claim is called
    public record Bound(String kind, Ref ref) {}
}

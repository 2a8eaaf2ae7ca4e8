package io.gantry.apiserver.authn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Recognizes one sort of bearer tokens. Thread-safe.
public interface TokenAuthenticator {
    /// Whose token it is.
    ///
    /// @param audiences for whom the token was made; empty when it says nothing about that
    /// @param expires when it ends at the latest
    record Authenticated(UserInfo user, List<String> audiences, Instant expires) {
        public Authenticated {
            audiences = List.copyOf(audiences);
        }
    }

    /// Empty when the token is not of this sort or does not hold.
    ///
    /// @throws RefusedToken when it is of this sort and does not hold, for a reason worth telling
    Optional<Authenticated> authenticate(String token);

    /// Whether looking at this token may wait for another server.
    default boolean mayBlock(String token) {
        return false;
    }
}

package io.gantry.apiserver.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.gantry.api.Json;
import io.gantry.apiserver.authn.RefusedToken;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An issuer's public keys: fetched with the first token, and again for a token whose key is not among them. Who
/// comes while they are fetched waits for the same answer.
final class SigningKeys {
    /// Between two fetches, so that invented keys and an issuer that is down cost little.
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final IssuerRules issuer;
    private final Documents documents;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile State state = new State(0, List.of(), "", Instant.MIN);
    /// Guarded by `fetching`.
    private String keysUrl = "";

    /// @param fetch counts them
    /// @param failure why there are none; empty where there are
    private record State(int fetch, List<JWK> keys, String failure, Instant next) {}

    /// Fetches a JSON document.
    interface Documents {
        String get(String url) throws IOException;
    }

    SigningKeys(IssuerRules issuer, Documents documents, InstantSource clock) {
        this.issuer = issuer;
        this.documents = documents;
        this.clock = clock;
    }

    /// Whether keys for a token would be fetched now.
    boolean fetches(Optional<String> keyId) {
        State now = state;
        return matching(now, keyId).isEmpty() && !clock.instant().isBefore(now.next());
    }

    /// The keys that may have signed a token. Blocks when they are fetched.
    ///
    /// @param keyId as the token names it; empty for any
    /// @throws RefusedToken when the issuer does not say
    List<JWK> matching(Optional<String> keyId) {
        State seen = state;
        List<JWK> known = matching(seen, keyId);
        State now = known.isEmpty() ? refreshed(seen) : seen;
        if (!now.failure().isEmpty()) {
            throw new RefusedToken(now.failure());
        }
        return matching(now, keyId);
    }

    private static List<JWK> matching(State state, Optional<String> keyId) {
        return state.keys().stream()
                .filter(key ->
                        keyId.isEmpty() || key.getKeyID() == null || keyId.get().equals(key.getKeyID()))
                .toList();
    }

    private State refreshed(State seen) {
        fetching.lock();
        try {
            if (state.fetch() == seen.fetch() && !clock.instant().isBefore(seen.next())) {
                state = fetched(seen);
            }
            return state;
        } finally {
            fetching.unlock();
        }
    }

    private State fetched(State before) {
        try {
            if (keysUrl.isEmpty()) {
                keysUrl = discovered();
            }
            List<JWK> keys = JWKSet.parse(documents.get(keysUrl)).getKeys();
            return new State(before.fetch() + 1, keys, "", clock.instant().plus(PAUSE));
        } catch (IOException | ParseException | RuntimeException e) {
            String why = "oidc: cannot get the keys of issuer " + issuer.url() + ": " + e.getMessage();
            // Keys that are known count on while the issuer is down.
            return new State(
                    before.fetch() + 1,
                    before.keys(),
                    before.keys().isEmpty() ? why : "",
                    clock.instant().plus(PAUSE));
        }
    }

    private String discovered() throws IOException {
        JsonNode document;
        try {
            document = Json.MAPPER.readTree(documents.get(issuer.discovery()));
        } catch (JacksonException e) {
            throw new IOException(issuer.discovery() + " is no JSON", e);
        }
        String named = document.path("issuer").asString("");
        if (!named.equals(issuer.url())) {
            throw new IOException("its discovery document is of \"" + named + "\"");
        }
        String url = document.path("jwks_uri").asString("");
        if (!url.startsWith("https://")) {
            throw new IOException("its discovery document names no jwks_uri with https");
        }
        return url;
    }
}

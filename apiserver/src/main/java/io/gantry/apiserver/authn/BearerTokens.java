package io.gantry.apiserver.authn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sorts of bearer tokens, with a short memory: a token that held counts for ten seconds without another look, as
/// in
/// upstream, so that a client pays for one signature check, not for one a request. Keeps hashes, never tokens.
public final class BearerTokens implements TokenAuthenticator {
    private static final Duration REMEMBER = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 10_000;

    private record Remembered(Authenticated authenticated, Instant until) {}

    private final List<TokenAuthenticator> sorts;
    private final InstantSource clock;
    private final Map<String, Remembered> memory = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    public BearerTokens(List<TokenAuthenticator> sorts, InstantSource clock) {
        this.sorts = List.copyOf(sorts);
        this.clock = clock;
    }

    @Override
    public Optional<Authenticated> authenticate(String token) {
        String key = hash(token);
        Instant now = clock.instant();
        synchronized (memory) {
            Remembered known = memory.get(key);
            if (known != null && now.isBefore(known.until())) {
                return Optional.of(known.authenticated());
            }
            memory.remove(key);
        }
        for (TokenAuthenticator sort : sorts) {
            Optional<Authenticated> found = sort.authenticate(token);
            if (found.isPresent()) {
                remember(key, found.get(), now);
                return found;
            }
        }
        return Optional.empty();
    }

    private void remember(String key, Authenticated authenticated, Instant now) {
        Instant until = now.plus(REMEMBER);
        Instant end = authenticated.expires().isBefore(until) ? authenticated.expires() : until;
        synchronized (memory) {
            memory.put(key, new Remembered(authenticated, end));
        }
    }

    private static String hash(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}

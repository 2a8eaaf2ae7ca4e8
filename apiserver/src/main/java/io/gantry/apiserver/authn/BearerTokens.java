package io.gantry.apiserver.authn;

import io.gantry.component.Digests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All sorts of bearer tokens, with a short memory: a token that held counts for ten seconds without
/// another look, as in upstream, so that a client pays for one signature check, not for one a request.
/// Keeps hashes, never tokens.
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
        Optional<Authenticated> found = look(token);
        found.ifPresent(authenticated -> remember(key, authenticated, now));
        return found;
    }

    private Optional<Authenticated> look(String token) {
        List<String> refusals = new ArrayList<>();
        for (TokenAuthenticator sort : sorts) {
            try {
                Optional<Authenticated> found = sort.authenticate(token);
                if (found.isPresent()) {
                    return found;
                }
            } catch (RefusedToken refused) {
                refusals.add(refused.why());
            }
        }
        if (!refusals.isEmpty()) {
            throw new RefusedToken(String.join(", ", refusals));
        }
        return Optional.empty();
    }

    @Override
    public boolean mayBlock(String token) {
        if (sorts.stream().noneMatch(sort -> sort.mayBlock(token))) {
            return false;
        }
        String key = hash(token);
        synchronized (memory) {
            Remembered known = memory.get(key);
            return known == null || !clock.instant().isBefore(known.until());
        }
    }

    private void remember(String key, Authenticated authenticated, Instant now) {
        Instant until = now.plus(REMEMBER);
        Instant end = authenticated.expires().isBefore(until) ? authenticated.expires() : until;
        synchronized (memory) {
            memory.put(key, new Remembered(authenticated, end));
        }
    }

    private static String hash(String token) {
        return Base64.getEncoder().encodeToString(Digests.sha256(token));
    }
}

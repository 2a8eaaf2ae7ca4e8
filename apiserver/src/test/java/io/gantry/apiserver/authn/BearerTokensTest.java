package io.gantry.apiserver.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final TokenAuthenticator REFUSING = token -> {
        if (token.startsWith("other-")) {
            return Optional.empty();
        }
        throw new RefusedToken("it is revoked");
    };

    private Instant now = START;
    private final Accounts accounts = new Accounts();
    private final BearerTokens tokens = new BearerTokens(List.of(REFUSING, accounts), () -> now);

    /// Tokens by what they say.
    private static final class Accounts implements TokenAuthenticator {
        private final Map<String, Authenticated> known = new HashMap<>();
        private int looks;

        void add(String token, Duration life) {
            known.put(token, new Authenticated(UserInfo.of(token + "'s"), List.of(), START.plus(life)));
        }

        @Override
        public Optional<Authenticated> authenticate(String token) {
            looks++;
            return Optional.ofNullable(known.get(token));
        }

        @Override
        public boolean mayBlock(String token) {
            return true;
        }
    }

    private Optional<String> user(String token) {
        return tokens.authenticate(token).map(found -> found.user().name());
    }

    @Test
    void aTokenThatHeldIsNotLookedAtAgainForTenSeconds() {
        accounts.add("a", Duration.ofMinutes(1));
        assertTrue(tokens.mayBlock("a"));
        assertEquals(Optional.of("a's"), user("a"));
        accounts.known.clear();
        now = START.plusMillis(9_999);
        assertEquals(Optional.of("a's"), user("a"));
        assertFalse(tokens.mayBlock("a"));
        assertEquals(1, accounts.looks);
        now = START.plusSeconds(10);
        assertTrue(tokens.mayBlock("a"));
        assertThrows(RefusedToken.class, () -> user("a"), "its account is gone");
    }

    @Test
    void aTokenIsNotRememberedBeyondItsEnd() {
        accounts.add("a", Duration.ofSeconds(3));
        assertEquals(Optional.of("a's"), user("a"));
        accounts.known.clear();
        now = START.plusSeconds(3);
        assertThrows(RefusedToken.class, () -> user("a"));
    }

    @Test
    void whatNoSortKnowsIsNobodys() {
        assertEquals(Optional.empty(), user("other-b"));
        assertEquals(Optional.empty(), user("other-b"));
        assertEquals(2, accounts.looks, "what did not hold is not remembered");
    }

    @Test
    void aRefusalCountsWhereNoOtherSortKnowsTheToken() {
        assertEquals(
                "it is revoked",
                assertThrows(RefusedToken.class, () -> user("b")).why());
        accounts.add("b", Duration.ofMinutes(1));
        assertEquals(Optional.of("b's"), user("b"));
    }
}

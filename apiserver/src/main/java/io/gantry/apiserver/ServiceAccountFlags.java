package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.token.TokenCodec;
import io.gantry.apiserver.token.TokenKeys;
import io.gantry.apiserver.token.TokenLimits;
import io.gantry.component.Flags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The flags of service accounts' tokens.
///
/// @param keys verify tokens, beside the signing key
/// @param audiences whose tokens are taken; the first is that of tokens that name none
/// @param issuers the first signs, all are believed; not empty
/// @param keysUri where those who verify tokens are sent for the keys, instead of here
/// @param longest how long a token may live that asks for longer
/// @param extended whether the tokens that admission puts into pods live for a year
record ServiceAccountFlags(
        List<Path> keys,
        Optional<Path> signingKey,
        List<String> issuers,
        List<String> audiences,
        Optional<String> keysUri,
        Optional<Duration> longest,
        boolean extended) {
    private static final String ISSUER = "service-account-issuer";
    private static final String OWN_ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final String KEYS_URI = "service-account-jwks-uri";
    private static final String LONGEST = "service-account-max-token-expiration";
    private static final Duration SHORTEST_LIMIT = Duration.ofHours(1);
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(1L << 32);

    ServiceAccountFlags {
        keys = List.copyOf(keys);
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
    }

    /// @throws IllegalArgumentException for what upstream refuses too
    static ServiceAccountFlags parse(Flags flags) {
        List<String> given = flags.all(ISSUER);
        List<String> issuers = given.isEmpty() ? List.of(OWN_ISSUER) : checked(given);
        List<String> audiences = flags.items("api-audiences");
        return new ServiceAccountFlags(
                flags.all("service-account-key-file").stream().map(Path::of).toList(),
                flags.optionalPath("service-account-signing-key-file"),
                issuers,
                audiences.isEmpty() ? issuers : audiences,
                flags.optional(KEYS_URI).map(ServiceAccountFlags::https),
                limit(flags.parsed(LONGEST, "0s", GoDurations::parse)),
                flags.bool("service-account-extend-token-expiration", true));
    }

    private static List<String> checked(List<String> issuers) {
        HashSet<String> seen = new HashSet<>();
        for (String issuer : issuers) {
            if (issuer.isEmpty()) {
                throw new IllegalArgumentException(ISSUER + " should not be an empty string");
            }
            if (!seen.add(issuer)) {
                throw new IllegalArgumentException(ISSUER + " \"" + issuer + "\" is already specified");
            }
        }
        return issuers;
    }

    private static String https(String uri) {
        if (!"https".equals(URI.create(uri).getScheme())) {
            throw new IllegalArgumentException(KEYS_URI + " requires https scheme, parsed as: " + uri);
        }
        return uri;
    }

    private static Optional<Duration> limit(Duration longest) {
        if (longest.isZero()) {
            return Optional.empty();
        }
        if (longest.compareTo(SHORTEST_LIMIT) < 0 || longest.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException("the " + LONGEST + " must be between 1 hour and 2^32 seconds");
        }
        return Optional.of(longest);
    }

    /// Reads the keys; empty without one that signs.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    /// @throws IllegalArgumentException when one holds no key
    Optional<TokenCodec> codec() {
        if (signingKey.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TokenCodec(TokenKeys.load(signingKey.get(), keys), issuers));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the service-account keys: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read the service-account keys: " + e.getMessage(), e);
        }
    }

    TokenLimits limits() {
        return new TokenLimits(audiences, longest.map(Duration::toSeconds), extended);
    }
}

package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.component.Flags;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The flags of service accounts' tokens.
///
/// @param keys verify tokens, beside the signing key
/// @param issuers the first signs, all are believed; not empty
/// @param keysUri where those who verify tokens are sent for the keys, instead of here
/// @param longest how long a token may live that asks for longer
/// @param extended whether the tokens that admission puts into pods live for a year
public record ServiceAccountFlags(
        List<Path> keys,
        Optional<Path> signingKey,
        List<String> issuers,
        Optional<String> keysUri,
        Optional<Duration> longest,
        boolean extended) {
    private static final String ISSUER = "service-account-issuer";
    private static final String KEYS_URI = "service-account-jwks-uri";
    private static final String LONGEST = "service-account-max-token-expiration";
    private static final Duration SHORTEST_LIMIT = Duration.ofHours(1);
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(1L << 32);

    public ServiceAccountFlags {
        keys = List.copyOf(keys);
        issuers = List.copyOf(issuers);
    }

    /// @throws IllegalArgumentException for what upstream refuses too
    static ServiceAccountFlags parse(Flags flags) {
        List<String> issuers = flags.all(ISSUER);
        return new ServiceAccountFlags(
                flags.all("service-account-key-file").stream().map(Path::of).toList(),
                flags.optionalPath("service-account-signing-key-file"),
                issuers.isEmpty() ? List.of("https://kubernetes.default.svc.cluster.local") : checked(issuers),
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
}

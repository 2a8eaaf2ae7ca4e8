package io.gantry.apiserver.oidc;

import io.gantry.apiserver.authn.TokenAuthenticator;
import io.gantry.component.Flags;
import io.gantry.component.FollowedFile;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The flags `--oidc-…`, `--authentication-config` and `--anonymous-auth`.
///
/// @param anonymous paths that nobody in particular may ask for, where the file says nothing else
public record OidcFlags(Optional<Values> flags, Optional<Path> file, Predicate<String> anonymous) {
    /// What the flags say.
    ///
    /// @param usernamePrefix `-` for none; absent for the issuer's, save for an email address
    /// @param requiredClaims `name=value`
    public record Values(
            String issuer,
            String clientId,
            String usernameClaim,
            Optional<String> usernamePrefix,
            Optional<String> groupsClaim,
            String groupsPrefix,
            List<String> requiredClaims,
            Optional<Path> authority,
            Set<String> algorithms) {
        public Values {
            requiredClaims = List.copyOf(requiredClaims);
            algorithms = Set.copyOf(algorithms);
        }
    }

    /// @throws IllegalArgumentException for what does not fit together
    public static OidcFlags parse(Flags flags) {
        Optional<String> issuer = flags.optional("oidc-issuer-url");
        Optional<String> client = flags.optional("oidc-client-id");
        Values values = values(flags, issuer.orElse(""), client.orElse(""));
        Optional<Path> file = flags.optionalPath("authentication-config");
        boolean all = flags.bool("anonymous-auth", true);
        if (issuer.isPresent() != client.isPresent()) {
            throw new IllegalArgumentException("--oidc-issuer-url and --oidc-client-id must be given together");
        }
        if (issuer.isEmpty()) {
            return new OidcFlags(Optional.empty(), file, path -> all);
        }
        if (file.isPresent()) {
            throw new IllegalArgumentException("--authentication-config and --oidc-* flags are mutually exclusive");
        }
        check(values);
        return new OidcFlags(Optional.of(values), file, path -> all);
    }

    private static Values values(Flags flags, String issuer, String client) {
        return new Values(
                issuer,
                client,
                flags.string("oidc-username-claim", "sub"),
                flags.optional("oidc-username-prefix").filter(prefix -> !prefix.isEmpty()),
                flags.optional("oidc-groups-claim").filter(claim -> !claim.isEmpty()),
                flags.string("oidc-groups-prefix", ""),
                flags.all("oidc-required-claim").stream()
                        .flatMap(OidcFlags::list)
                        .toList(),
                flags.optionalPath("oidc-ca-file"),
                new TreeSet<>(list(flags.string("oidc-signing-algs", "RS256")).toList()));
    }

    private static Stream<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty());
    }

    private static void check(Values values) {
        if (!values.issuer().startsWith("https://")) {
            throw new IllegalArgumentException("--oidc-issuer-url=" + values.issuer() + ": URL scheme must be https");
        }
        for (String algorithm : values.algorithms()) {
            if (!IssuerRules.ALGORITHMS.contains(algorithm)) {
                throw new IllegalArgumentException(
                        "--oidc-signing-algs: unsupported signing alg: \"" + algorithm + "\"");
            }
        }
        for (String claim : values.requiredClaims()) {
            if (claim.indexOf('=') < 1) {
                throw new IllegalArgumentException("--oidc-required-claim=" + claim + ": must be key=value");
            }
        }
    }

    /// Who may come without a name, with what the file says.
    ///
    /// @throws IllegalArgumentException for a file that cannot be used
    public Predicate<String> anonymousPaths() {
        return file.flatMap(path -> AuthenticationFile.load(path).anonymous()).orElse(anonymous);
    }

    /// What looks at such tokens; empty where nothing is configured. The file is followed.
    ///
    /// @throws IllegalArgumentException for a file that cannot be used
    public Optional<TokenAuthenticator> tokens(InstantSource clock) {
        if (file.isPresent()) {
            String name = file.get().toString();
            return Optional.of(
                    new OidcTokens(FollowedFile.of(file.get(), text -> issuers(name, text, clock), clock), clock));
        }
        return flags.map(values -> {
            List<IssuerTokens> issuers = OidcTokens.issuers(List.of(rules(values)), clock);
            return new OidcTokens(() -> issuers, clock);
        });
    }

    static IssuerRules rules(Values values) {
        String prefix = values.usernamePrefix()
                .map(given -> given.equals("-") ? "" : given)
                .orElse(values.usernameClaim().equals("email") ? "" : values.issuer() + "#");
        List<IssuerRules.Rule> required = new ArrayList<>();
        for (String claim : values.requiredClaims()) {
            int equals = claim.indexOf('=');
            required.add(new IssuerRules.Rule.Required(claim.substring(0, equals), claim.substring(equals + 1)));
        }
        ClaimMappings mappings = new ClaimMappings(
                new ClaimMappings.Source.Claim(values.usernameClaim(), prefix),
                values.groupsClaim().map(claim -> new ClaimMappings.Source.Claim(claim, values.groupsPrefix())),
                Optional.empty(),
                Map.of());
        return new IssuerRules(
                values.issuer(),
                "",
                values.authority().map(OidcFlags::certificates).orElse(List.of()),
                List.of(values.clientId()),
                values.algorithms(),
                mappings,
                required);
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.certificates(file);
        } catch (IOException e) {
            throw new UncheckedIOException("--oidc-ca-file: cannot read " + file, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("--oidc-ca-file: " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<IssuerTokens> issuers(String name, byte[] text, InstantSource clock) {
        return OidcTokens.issuers(AuthenticationFile.parse(name, text).issuers(), clock);
    }
}

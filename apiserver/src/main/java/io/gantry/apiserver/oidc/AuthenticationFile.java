package io.gantry.apiserver.oidc;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// An `AuthenticationConfiguration` (`apiserver.config.k8s.io`), read and checked.
///
/// @param anonymous paths that may be asked for without a name; empty where the file does not say
record AuthenticationFile(List<IssuerRules> issuers, Optional<Predicate<String>> anonymous) {
    private static final Set<String> VERSIONS =
            Set.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1", "apiserver.config.k8s.io/v1alpha1");
    private static final int MAX_ISSUERS = 64;

    AuthenticationFile {
        issuers = List.copyOf(issuers);
    }

    /// @throws IllegalArgumentException for what is no configuration, by field
    static AuthenticationFile load(Path file) {
        return parse(file.toString(), bytes(file));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("--authentication-config: cannot read " + file, e);
        }
    }

    static AuthenticationFile parse(String name, byte[] text) {
        JsonNode tree;
        try {
            tree = Bodies.yaml(text).tree();
        } catch (StatusException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
        if (!Trees.text(tree, "kind").equals("AuthenticationConfiguration")
                || !VERSIONS.contains(Trees.text(tree, "apiVersion"))) {
            throw new IllegalArgumentException(name + " is no apiserver.config.k8s.io/v1 AuthenticationConfiguration");
        }
        List<IssuerRules> issuers = new ArrayList<>();
        Set<String> urls = new HashSet<>();
        List<JsonNode> entries = Trees.list(tree, "jwt");
        require(entries.size() <= MAX_ISSUERS, "jwt: Too many: must have at most " + MAX_ISSUERS + " items");
        for (int i = 0; i < entries.size(); i++) {
            IssuerRules issuer = issuer("jwt[" + i + "]", entries.get(i));
            require(urls.add(issuer.url()), "jwt[" + i + "].issuer.url: Duplicate value: \"" + issuer.url() + "\"");
            issuers.add(issuer);
        }
        return new AuthenticationFile(issuers, anonymous(tree.path("anonymous")));
    }

    static void require(boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException(why);
        }
    }

    private static Optional<Predicate<String>> anonymous(JsonNode tree) {
        if (tree.isMissingNode() || tree.isNull()) {
            return Optional.empty();
        }
        boolean enabled = tree.path("enabled").asBoolean(false);
        List<String> paths = Trees.list(tree, "conditions").stream()
                .map(condition -> Trees.text(condition, "path"))
                .toList();
        require(
                enabled || paths.isEmpty(),
                "anonymous.conditions: Invalid value: enabled should be set to true when conditions are defined");
        return Optional.of(path -> enabled && (paths.isEmpty() || paths.contains(path)));
    }

    private static IssuerRules issuer(String at, JsonNode tree) {
        String url = Trees.text(tree, "issuer", "url");
        require(
                url.startsWith("https://"),
                at + ".issuer.url: Invalid value: \"" + url + "\": URL scheme must be https");
        String discovery = Trees.text(tree, "issuer", "discoveryURL");
        require(
                discovery.isEmpty() || discovery.startsWith("https://"),
                at + ".issuer.discoveryURL: Invalid value: \"" + discovery + "\": URL scheme must be https");
        require(!discovery.equals(url), at + ".issuer.discoveryURL: must be different from url");
        List<String> audiences = Trees.texts(tree.path("issuer"), "audiences");
        require(!audiences.isEmpty(), at + ".issuer.audiences: Required value: at least one is required");
        String policy = Trees.text(tree, "issuer", "audienceMatchPolicy");
        require(
                policy.equals("MatchAny") || policy.isEmpty() && audiences.size() == 1,
                at + ".issuer.audienceMatchPolicy: Invalid value: \"" + policy + "\": must be MatchAny for several");
        ClaimMappings mappings = new MappingReader(at).mappings(tree.path("claimMappings"));
        return new IssuerRules(
                url,
                discovery,
                certificates(at, Trees.text(tree, "issuer", "certificateAuthority")),
                audiences,
                IssuerRules.ALGORITHMS,
                mappings,
                new MappingReader(at).rules(tree));
    }

    private static List<X509Certificate> certificates(String at, String pem) {
        try {
            return pem.isEmpty() ? List.of() : Pem.certificates(pem);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(at + ".issuer.certificateAuthority: " + e.getMessage(), e);
        }
    }

    /// Reads what becomes of claims.
    ///
    /// @param at names the issuer in refusals
    record MappingReader(String at) {
        ClaimMappings mappings(JsonNode tree) {
            Optional<ClaimMappings.Source> username = source("username", tree.path("username"), true);
            require(
                    username.isPresent(),
                    at + ".claimMappings.username: Required value: claim or expression is required");
            Map<String, ClaimExpression> extra = new LinkedHashMap<>();
            for (JsonNode entry : Trees.list(tree, "extra")) {
                String key = Trees.text(entry, "key");
                require(
                        key.contains("/") && key.equals(key.toLowerCase(Locale.ROOT)),
                        at + ".claimMappings.extra: Invalid value: \"" + key
                                + "\": key must be a lower-case domain-prefixed path");
                ClaimExpression value = ClaimExpression.ofClaims(
                        at + ".claimMappings.extra.valueExpression", Trees.text(entry, "valueExpression"));
                require(extra.put(key, value) == null, at + ".claimMappings.extra: Duplicate value: \"" + key + "\"");
            }
            return new ClaimMappings(
                    username.orElseThrow(),
                    source("groups", tree.path("groups"), true),
                    source("uid", tree.path("uid"), false),
                    extra);
        }

        private Optional<ClaimMappings.Source> source(String field, JsonNode tree, boolean prefixed) {
            String where = at + ".claimMappings." + field;
            String claim = Trees.text(tree, "claim");
            String expression = Trees.text(tree, "expression");
            require(claim.isEmpty() || expression.isEmpty(), where + ": claim and expression can't both be set");
            if (!expression.isEmpty()) {
                require(!tree.has("prefix"), where + ".prefix: prefix can't be set when expression is set");
                return Optional.of(
                        new ClaimMappings.Source.Computed(ClaimExpression.ofClaims(where + ".expression", expression)));
            }
            if (claim.isEmpty()) {
                return Optional.empty();
            }
            require(
                    !prefixed || tree.has("prefix"),
                    where + ".prefix: Required value: prefix is required when claim is set. It can be set to an empty"
                            + " string to disable prefixing");
            return Optional.of(new ClaimMappings.Source.Claim(claim, Trees.text(tree, "prefix")));
        }

        List<IssuerRules.Rule> rules(JsonNode tree) {
            List<IssuerRules.Rule> rules = new ArrayList<>();
            for (JsonNode rule : Trees.list(tree, "claimValidationRules")) {
                String claim = Trees.text(rule, "claim");
                String expression = Trees.text(rule, "expression");
                String where = at + ".claimValidationRules";
                require(
                        claim.isEmpty() != expression.isEmpty(),
                        where + ": claim or expression, not both, is required");
                rules.add(
                        expression.isEmpty()
                                ? new IssuerRules.Rule.Required(claim, Trees.text(rule, "requiredValue"))
                                : new IssuerRules.Rule.Holds(
                                        ClaimExpression.ofClaims(where + ".expression", expression),
                                        false,
                                        Trees.text(rule, "message")));
            }
            for (JsonNode rule : Trees.list(tree, "userValidationRules")) {
                rules.add(new IssuerRules.Rule.Holds(
                        ClaimExpression.ofUser(at + ".userValidationRules.expression", Trees.text(rule, "expression")),
                        true,
                        Trees.text(rule, "message")));
            }
            return rules;
        }
    }
}

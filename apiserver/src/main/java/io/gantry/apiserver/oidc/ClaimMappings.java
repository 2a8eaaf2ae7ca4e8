package io.gantry.apiserver.oidc;

import io.gantry.apiserver.authn.RefusedToken;
import io.gantry.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How the claims of a token make a user.
///
/// @param groups and `uid`: empty where a token says nothing of them
/// @param extra by key
record ClaimMappings(
        Source username, Optional<Source> groups, Optional<Source> uid, Map<String, ClaimExpression> extra) {
    private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";
    private static final String EMAIL = "email";
    private static final String VERIFIED = "email_verified";

    ClaimMappings {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /// Where a value comes from.
    sealed interface Source {
        /// @param prefix stands before each value
        record Claim(String name, String prefix) implements Source {}

        record Computed(ClaimExpression expression) implements Source {}
    }

    /// The user.
    ///
    /// @throws RefusedToken when the claims do not make one
    UserInfo user(ObjectNode claims) {
        Map<String, List<String>> facts = new LinkedHashMap<>();
        extra.forEach((key, expression) -> {
            List<String> values = texts("extra[" + key + "]", expression.value("claims", claims));
            if (!values.isEmpty()) {
                facts.put(key, values);
            }
        });
        String id = claims.path("jti").asString("");
        if (!id.isEmpty()) {
            facts.put(CREDENTIAL_ID, List.of("JTI=" + id));
        }
        return new UserInfo(
                name(claims),
                uid.map(source -> single("uid", source, claims)).orElse(""),
                groups.map(source -> groups(source, claims)).orElse(List.of()),
                facts);
    }

    private String name(ObjectNode claims) {
        if (username instanceof Source.Claim claim && claim.name().equals(EMAIL)) {
            JsonNode verified = claims.path(VERIFIED);
            if (!verified.isMissingNode() && !verified.asBoolean(false)) {
                throw new RefusedToken("oidc: email not verified");
            }
        }
        String name = single("username", username, claims);
        if (name.isEmpty()) {
            throw new RefusedToken("oidc: the username is empty");
        }
        return name;
    }

    private static String single(String what, Source source, ObjectNode claims) {
        return switch (source) {
            case Source.Claim(String name, String prefix) -> {
                JsonNode value = claims.path(name);
                if (!value.isString()) {
                    throw new RefusedToken("oidc: parse " + what + " claims \"" + name + "\": "
                            + (value.isMissingNode() ? "claim not present" : "the claim is no string"));
                }
                yield prefix + value.stringValue();
            }
            case Source.Computed(ClaimExpression expression) -> {
                JsonNode value = expression.value("claims", claims);
                if (!value.isString()) {
                    throw new RefusedToken("oidc: error evaluating " + what + " claim expression: it is no string");
                }
                yield value.stringValue();
            }
        };
    }

    private static List<String> groups(Source source, ObjectNode claims) {
        return switch (source) {
            case Source.Claim(String name, String prefix) ->
                texts("groups claim \"" + name + "\"", claims.path(name)).stream()
                        .map(group -> prefix + group)
                        .toList();
            case Source.Computed(ClaimExpression expression) -> texts("groups", expression.value("claims", claims));
        };
    }

    /// A text, or texts; nothing of what is absent, null or empty.
    private static List<String> texts(String what, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isString()) {
            return value.stringValue().isEmpty() ? List.of() : List.of(value.stringValue());
        }
        List<String> texts = new ArrayList<>();
        if (!value.isArray()) {
            throw new RefusedToken("oidc: parse " + what + ": neither a string nor a list of strings");
        }
        for (JsonNode one : value) {
            if (!one.isString()) {
                throw new RefusedToken("oidc: parse " + what + ": not all of the list are strings");
            }
            if (!one.stringValue().isEmpty()) {
                texts.add(one.stringValue());
            }
        }
        return texts;
    }
}

package io.gantry.kubelet.credential;

import io.gantry.api.decode.Arguments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a credential provider is told of the pod's service account (`tokenAttributes`, KEP-4412).
///
/// @param audience of the token
/// @param needsAccount whether the provider is not asked for pods without a service account (static pods)
/// @param required annotations of the service account that it is told; without them it is not asked
/// @param optional further ones, where they are there
/// @param byToken whether an answer holds for one token, and not for all of the service account's
public record TokenAttributes(
        String audience, boolean needsAccount, List<String> required, List<String> optional, boolean byToken) {
    private static final String ONLY_VERSION = "credentialprovider.kubelet.k8s.io/v1";
    private static final String BY_ACCOUNT = "ServiceAccount";
    private static final String BY_TOKEN = "Token";
    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final String LABEL = "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
    private static final Pattern ANNOTATION = Pattern.compile("(" + LABEL + "(\\." + LABEL + ")*/)?" + NAME);

    public TokenAttributes {
        required = List.copyOf(required);
        optional = List.copyOf(optional);
    }

    /// Mistakes are noted in what is given.
    ///
    /// @param apiVersion that the provider speaks
    static TokenAttributes read(Arguments given, String apiVersion) {
        String audience = given.text("serviceAccountTokenAudience", "");
        if (audience.isEmpty()) {
            given.mistake("serviceAccountTokenAudience", "Required value");
        }
        if (!given.has("requireServiceAccount")) {
            given.mistake("requireServiceAccount", "Required value");
        }
        if (!apiVersion.equals(ONLY_VERSION)) {
            given.mistake(
                    "serviceAccountTokenAudience",
                    "Forbidden: tokenAttributes is only supported for " + ONLY_VERSION + " API version");
        }
        boolean needsAccount = given.flag("requireServiceAccount", true);
        List<String> required = annotations(given, "requiredServiceAccountAnnotationKeys");
        if (!needsAccount && !required.isEmpty()) {
            given.mistake(
                    "requiredServiceAccountAnnotationKeys",
                    "Forbidden: requireServiceAccount cannot be false when requiredServiceAccountAnnotationKeys is set");
        }
        List<String> optional = annotations(given, "optionalServiceAccountAnnotationKeys");
        optional.stream()
                .filter(required::contains)
                .forEach(key -> given.invalid(
                        "optionalServiceAccountAnnotationKeys",
                        key,
                        "annotation keys cannot be both required and optional"));
        TokenAttributes attributes = new TokenAttributes(audience, needsAccount, required, optional, byToken(given));
        given.end();
        return attributes;
    }

    private static boolean byToken(Arguments given) {
        String type = given.text("cacheType", "");
        if (!type.equals(BY_TOKEN) && !type.equals(BY_ACCOUNT)) {
            given.mistake(
                    "cacheType",
                    (type.isEmpty() ? "Required value" : "Unsupported value: \"" + type + "\"")
                            + ": supported values: \"" + BY_ACCOUNT + "\", \"" + BY_TOKEN + "\"");
        }
        return type.equals(BY_TOKEN);
    }

    private static List<String> annotations(Arguments given, String field) {
        List<String> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String key : given.texts(field)) {
            if (!ANNOTATION.matcher(key).matches()) {
                given.invalid(field, key, "must be the name of an annotation");
            } else if (!seen.add(key)) {
                given.mistake(field, "Duplicate value: \"" + key + "\"");
            }
            keys.add(key);
        }
        return keys;
    }
}

package io.gantry.apiserver.authz.webhook;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.objects.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads and checks the `webhook` of an authorizer.
///
/// @param at names it in refusals
/// @param errors takes them
record WebhookReader(String at, FieldErrors errors) {
    private static final Duration AUTHORIZED = Duration.ofMinutes(5);
    private static final Duration UNAUTHORIZED = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MAX_CONDITIONS = 64;

    /// Empty when it was refused.
    Optional<WebhookRules> read(String name, JsonNode tree) {
        int before = errors.count();
        Duration timeout = timeout(tree);
        Duration authorized = life(tree, "authorizedTTL", "cacheAuthorizedRequests", AUTHORIZED);
        Duration unauthorized = life(tree, "unauthorizedTTL", "cacheUnauthorizedRequests", UNAUTHORIZED);
        String version = oneOf(tree, "subjectAccessReviewVersion", at, List.of("v1", "v1beta1"));
        List<JsonNode> sources = Trees.list(tree, "matchConditions");
        matchVersion(Trees.text(tree, "matchConditionSubjectAccessReviewVersion"), !sources.isEmpty());
        boolean denies =
                oneOf(tree, "failurePolicy", at, List.of("NoOpinion", "Deny")).equals("Deny");
        Path kubeconfig = kubeconfig(tree.path("connectionInfo"));
        List<ReviewCondition> conditions = conditions(sources);
        return errors.count() > before
                ? Optional.empty()
                : Optional.of(new WebhookRules(
                        name, authorized, unauthorized, timeout, version, denies, kubeconfig, conditions));
    }

    private Duration duration(JsonNode tree, String field) {
        String text = Trees.text(tree, field);
        try {
            return text.isEmpty() ? Duration.ZERO : GoDurations.parse(text);
        } catch (IllegalArgumentException e) {
            errors.invalid(at + "." + field, text, String.valueOf(e.getMessage()));
            return Duration.ZERO;
        }
    }

    private Duration timeout(JsonNode tree) {
        Duration timeout = duration(tree, "timeout");
        if (timeout.isZero()) {
            errors.required(at + ".timeout", "");
        } else if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            errors.invalid(at + ".timeout", Trees.text(tree, "timeout"), "must be > 0s and <= 30s");
        }
        return timeout;
    }

    private Duration life(JsonNode tree, String field, String cached, Duration fallback) {
        Duration life = duration(tree, field);
        if (life.isNegative()) {
            errors.invalid(at + "." + field, Trees.text(tree, field), "must be > 0s");
        }
        if (!tree.path(cached).asBoolean(true)) {
            return Duration.ZERO;
        }
        return life.isZero() ? fallback : life;
    }

    private String oneOf(JsonNode tree, String field, String where, List<String> known) {
        String text = Trees.text(tree, field);
        if (text.isEmpty()) {
            errors.required(where + "." + field, "");
        } else if (!known.contains(text)) {
            errors.notListed(where + "." + field, text, known);
        }
        return text;
    }

    private void matchVersion(String version, boolean needed) {
        String field = at + ".matchConditionSubjectAccessReviewVersion";
        if (version.isEmpty()) {
            if (needed) {
                errors.required(field, "required if match conditions are specified");
            }
        } else if (!version.equals("v1")) {
            errors.notSupported(field, version, List.of("v1"));
        }
    }

    /// A server that runs outside of the cluster has no service account to ask as: upstream's kube-apiserver refuses
    /// `InClusterConfig` when it builds the webhook.
    private Path kubeconfig(JsonNode info) {
        String where = at + ".connectionInfo";
        oneOf(info, "type", where, List.of("KubeConfigFile"));
        String file = Trees.text(info, "kubeConfigFile");
        Path path = Path.of(file);
        if (file.isEmpty()) {
            errors.required(where + ".kubeConfigFile", "");
        } else if (!path.isAbsolute()) {
            errors.invalid(where + ".kubeConfigFile", file, "must be an absolute path");
        } else if (!Files.exists(path)) {
            errors.invalid(
                    where + ".kubeConfigFile",
                    file,
                    "error loading file: stat " + file + ": no such file or directory");
        } else if (!Files.isRegularFile(path)) {
            errors.invalid(where + ".kubeConfigFile", file, "must be a regular file");
        }
        return path;
    }

    private List<ReviewCondition> conditions(List<JsonNode> sources) {
        if (sources.size() > MAX_CONDITIONS) {
            errors.tooMany(at + ".matchConditions", sources.size(), MAX_CONDITIONS);
            return List.of();
        }
        List<ReviewCondition> conditions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sources.size(); i++) {
            String field = at + ".matchConditions[" + i + "].expression";
            String source = Trees.text(sources.get(i), "expression");
            if (source.isBlank()) {
                errors.required(field, "");
            } else if (!seen.add(source)) {
                errors.duplicate(field, source);
            } else {
                condition(field, source).ifPresent(conditions::add);
            }
        }
        return conditions;
    }

    private Optional<ReviewCondition> condition(String field, String source) {
        try {
            return Optional.of(ReviewCondition.compile(source));
        } catch (IllegalArgumentException e) {
            errors.invalid(field, source, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}

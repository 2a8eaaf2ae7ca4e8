package io.gantry.apiserver.flowcontrol;

import io.gantry.api.flowcontrol.v1.flowschema.NonResourcePolicyRule;
import io.gantry.api.flowcontrol.v1.flowschema.PolicyRulesWithSubjects;
import io.gantry.api.flowcontrol.v1.flowschema.ResourcePolicyRule;
import io.gantry.api.flowcontrol.v1.flowschema.Subject;
import java.util.List;

/// Whether a rule of a FlowSchema is for a request (upstream `flowcontrol/rule.go`).
record FlowRule(PolicyRulesWithSubjects rule) {
    static final String ALL = "*";

    boolean matches(Digest digest) {
        return matchesSubject(digest) && (digest.info().resource() ? matchesResource(digest) : matchesPath(digest));
    }

    private boolean matchesSubject(Digest digest) {
        for (Subject subject : rule.subjects()) {
            if (matches(subject, digest)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(Subject subject, Digest digest) {
        return switch (String.valueOf(subject.kind())) {
            case "User" ->
                subject.user() != null
                        && (ALL.equals(subject.user().name())
                                || digest.user().name().equals(subject.user().name()));
            case "Group" ->
                subject.group() != null
                        && (ALL.equals(subject.group().name())
                                || digest.user()
                                        .inGroup(String.valueOf(subject.group().name())));
            case "ServiceAccount" ->
                subject.serviceAccount() != null
                        && digest.isAccount(
                                String.valueOf(subject.serviceAccount().namespace()),
                                String.valueOf(subject.serviceAccount().name()));
            default -> false;
        };
    }

    private boolean matchesResource(Digest digest) {
        for (ResourcePolicyRule resources : rule.resourceRules()) {
            if (has(resources.verbs(), digest.info().verb())
                    && has(resources.apiGroups(), digest.info().group())
                    && has(resources.resources(), digest.resource())
                    && inScope(resources, digest.info().namespace())) {
                return true;
            }
        }
        return false;
    }

    private static boolean inScope(ResourcePolicyRule resources, String namespace) {
        return namespace.isEmpty()
                ? Boolean.TRUE.equals(resources.clusterScope())
                : has(resources.namespaces(), namespace);
    }

    private boolean matchesPath(Digest digest) {
        for (NonResourcePolicyRule paths : rule.nonResourceRules()) {
            if (has(paths.verbs(), digest.info().verb())
                    && paths.nonResourceURLs().stream().anyMatch(pattern -> pathMatches(pattern, digest.path()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean pathMatches(String pattern, String path) {
        return pattern.equals(ALL)
                || pattern.equals(path)
                || pattern.endsWith("/*") && path.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static boolean has(List<String> list, String value) {
        return list.contains(value) || list.contains(ALL);
    }
}

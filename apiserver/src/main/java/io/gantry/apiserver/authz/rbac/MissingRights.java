package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells of rights that somebody wants to give away and has not (upstream `pkg/registry/rbac/validation`): verbs of the
/// same resource stand in one line, lines are in order.
record MissingRights(UserInfo user, List<PolicyRule> pieces) {
    /// What a piece is about, without its verb.
    private record Subject(List<String> groups, List<String> resources, List<String> names, List<String> paths) {
        static Subject of(PolicyRule piece) {
            return new Subject(piece.apiGroups(), piece.resources(), piece.resourceNames(), piece.nonResourceURLs());
        }

        PolicyRule with(List<String> verbs) {
            return new PolicyRule(verbs, groups, resources, names, paths);
        }
    }

    String message() {
        return "user " + quoted(user.name()) + " (groups=" + quoted(user.groups())
                + ") is attempting to grant RBAC permissions not currently held:\n"
                + compact().map(MissingRights::show).distinct().sorted().collect(Collectors.joining("\n"));
    }

    private Stream<PolicyRule> compact() {
        Map<Subject, List<String>> verbs = new LinkedHashMap<>();
        pieces.stream()
                .filter(piece -> piece.nonResourceURLs().isEmpty())
                .forEach(piece -> verbs.computeIfAbsent(Subject.of(piece), subject -> new ArrayList<>())
                        .addAll(piece.verbs()));
        return Stream.concat(
                pieces.stream().filter(piece -> !piece.nonResourceURLs().isEmpty()),
                verbs.entrySet().stream().map(entry -> entry.getKey().with(entry.getValue())));
    }

    private static String show(PolicyRule rule) {
        return Stream.of(
                        field("APIGroups", rule.apiGroups()),
                        field("Resources", rule.resources()),
                        field("NonResourceURLs", rule.nonResourceURLs()),
                        field("ResourceNames", rule.resourceNames()),
                        field("Verbs", rule.verbs()))
                .flatMap(List::stream)
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static List<String> field(String name, List<String> values) {
        return values.isEmpty() ? List.of() : List.of(name + ":" + quoted(values));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(MissingRights::quoted).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}

package io.gantry.apiserver.audit;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.objects.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What is logged: the first rule that fits counts. Bodies that hold credentials never are, whatever the
/// policy says (upstream leaves that to the policy). Pure.
record AuditPolicy(List<AuditRule> rules) {
    private static final Set<String> CREDENTIALS =
            Set.of("/secrets", "/serviceaccounts/token", "authentication.k8s.io/tokenreviews");

    AuditPolicy {
        rules = List.copyOf(rules);
    }

    /// Reads a policy file.
    ///
    /// @throws IllegalArgumentException when it is no policy
    /// @throws IOException when it cannot be read
    static AuditPolicy load(Path file) throws IOException {
        JsonNode tree;
        try {
            tree = Bodies.yaml(Files.readAllBytes(file)).tree();
        } catch (StatusException e) {
            throw new IllegalArgumentException("the audit policy " + file + ": " + e.getMessage(), e);
        }
        if (!Trees.text(tree, "kind").equals("Policy")
                || !Trees.text(tree, "apiVersion").equals("audit.k8s.io/v1")) {
            throw new IllegalArgumentException("the audit policy " + file + " is no audit.k8s.io/v1 Policy");
        }
        List<JsonNode> rules = Trees.list(tree, "rules");
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("the audit policy " + file + " has 0 rules");
        }
        return new AuditPolicy(
                rules.stream().map(rule -> AuditRule.of(tree, rule)).toList());
    }

    /// The rule of a request; empty when nothing is logged.
    Optional<AuditRule> rule(Attributes request) {
        return rules.stream()
                .filter(rule -> rule.matches(request))
                .findFirst()
                .filter(rule -> rule.level() != AuditLevel.NONE)
                .map(rule -> hasCredentials(request) ? rule.atMost(AuditLevel.METADATA) : rule);
    }

    private static boolean hasCredentials(Attributes request) {
        String resource = request.group() + "/" + request.resource();
        return CREDENTIALS.contains(resource) || CREDENTIALS.contains(resource + "/" + request.subresource());
    }
}

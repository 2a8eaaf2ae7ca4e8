package io.gantry.apiserver.bootstrap;

import io.gantry.api.rbac.v1.role.PolicyRule;
import java.util.List;
import java.util.stream.Stream;

/// Short words for rules.
final class Rules {
    static final String READ = "get,list,watch";
    static final String READ_WRITE = "get,list,watch,create,update,patch,delete,deletecollection";
    static final String READ_UPDATE = "get,list,watch,update,patch";
    static final String WRITE = "create,update,patch,delete,deletecollection";

    static final String CORE = "";
    static final String APPS = "apps";
    static final String BATCH = "batch";
    static final String EXTENSIONS = "extensions";
    static final String AUTOSCALING = "autoscaling";
    static final String POLICY = "policy";
    static final String NETWORKING = "networking.k8s.io";
    static final String DISCOVERY = "discovery.k8s.io";
    static final String RBAC = "rbac.authorization.k8s.io";
    static final String STORAGE = "storage.k8s.io";
    static final String CERTIFICATES = "certificates.k8s.io";
    static final String COORDINATION = "coordination.k8s.io";
    static final String AUTHENTICATION = "authentication.k8s.io";
    static final String AUTHORIZATION = "authorization.k8s.io";
    static final String EVENTS = "events.k8s.io";
    static final String NODE = "node.k8s.io";
    static final String METRICS = "metrics.k8s.io";
    static final String RESOURCE = "resource.k8s.io";

    private Rules() {}

    /// @param verbs separated by commas, as are groups and resources
    static PolicyRule rule(String verbs, String groups, String resources) {
        return new PolicyRule(list(verbs), groups(groups), list(resources), List.of(), List.of());
    }

    /// A rule for single objects.
    static PolicyRule named(String verbs, String groups, String resources, String names) {
        return new PolicyRule(list(verbs), groups(groups), list(resources), list(names), List.of());
    }

    /// A rule for paths.
    static PolicyRule paths(String verbs, String paths) {
        return new PolicyRule(list(verbs), List.of(), List.of(), List.of(), list(paths));
    }

    /// Events in both of their groups.
    static PolicyRule events() {
        return rule("create,update,patch", CORE + "," + EVENTS, "events");
    }

    private static List<String> groups(String groups) {
        return sorted(groups.split(",", -1));
    }

    private static List<String> list(String words) {
        return sorted(words.split(","));
    }

    /// As upstream writes its rules (`pkg/apis/rbac/v1/helpers.go`).
    private static List<String> sorted(String... words) {
        return Stream.of(words).sorted().toList();
    }
}

package io.gantry.apiserver.flowcontrol;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Upstream's mandatory and suggested objects (`apiserver/pkg/apis/flowcontrol/bootstrap`).
final class Bootstrap {
    private static final String VERSION = "flowcontrol.apiserver.k8s.io/v1";
    private static final String ALL = "*";
    private static final String BY_USER = "ByUser";
    private static final String BY_NAMESPACE = "ByNamespace";
    private static final String CONTROLLER_MANAGER = "system:kube-controller-manager";
    private static final String SCHEDULER = "system:kube-scheduler";

    private Bootstrap() {}

    static List<ObjectNode> priorityLevels() {
        ObjectNode exempt = object("PriorityLevelConfiguration", "exempt");
        ObjectNode spec = exempt.putObject("spec");
        spec.put("type", "Exempt");
        spec.putObject("exempt").put("nominalConcurrencyShares", 0).put("lendablePercent", 0);
        ObjectNode catchAll = object("PriorityLevelConfiguration", "catch-all");
        limited(catchAll, 5, 0).putObject("limitResponse").put("type", "Reject");
        return List.of(
                exempt,
                catchAll,
                queued("system", 30, 33, 64, 6),
                queued("node-high", 40, 25, 64, 6),
                queued("leader-election", 10, 0, 16, 4),
                queued("workload-high", 40, 50, 128, 6),
                queued("workload-low", 100, 90, 128, 6),
                queued("global-default", 20, 50, 128, 6));
    }

    private static ObjectNode limited(ObjectNode object, int shares, int lendable) {
        ObjectNode spec = object.putObject("spec");
        spec.put("type", "Limited");
        return spec.putObject("limited").put("nominalConcurrencyShares", shares).put("lendablePercent", lendable);
    }

    private static ObjectNode queued(String name, int shares, int lendable, int queues, int hand) {
        ObjectNode level = object("PriorityLevelConfiguration", name);
        ObjectNode response = limited(level, shares, lendable).putObject("limitResponse");
        response.put("type", "Queue");
        response.putObject("queuing")
                .put("queues", queues)
                .put("handSize", hand)
                .put("queueLengthLimit", 50);
        return level;
    }

    static List<ObjectNode> flowSchemas() {
        List<ObjectNode> anybody = groups("system:unauthenticated", "system:authenticated");
        return List.of(
                schema("exempt", "exempt", 1, "", everything(groups("system:masters"))),
                schema("catch-all", "catch-all", 10_000, BY_USER, everything(anybody)),
                schema("probes", "exempt", 2, "", probes(anybody)),
                schema(
                        "system-leader-election",
                        "leader-election",
                        100,
                        BY_USER,
                        leases(with(users(CONTROLLER_MANAGER, SCHEDULER), accounts(ALL)))),
                schema(
                        "endpoint-controller",
                        "workload-high",
                        150,
                        BY_USER,
                        endpoints(with(
                                users(CONTROLLER_MANAGER),
                                accounts("endpoint-controller", "endpointslicemirroring-controller")))),
                schema("workload-leader-election", "leader-election", 200, BY_USER, leases(accounts(ALL))),
                schema("system-node-high", "node-high", 400, BY_USER, nodes(groups("system:nodes"))),
                schema("system-nodes", "system", 500, BY_USER, everything(groups("system:nodes"))),
                schema(
                        "kube-controller-manager",
                        "workload-high",
                        800,
                        BY_NAMESPACE,
                        everything(users(CONTROLLER_MANAGER))),
                schema("kube-scheduler", "workload-high", 800, BY_NAMESPACE, everything(users(SCHEDULER))),
                schema("kube-system-service-accounts", "workload-high", 900, BY_NAMESPACE, everything(accounts(ALL))),
                schema("service-accounts", "workload-low", 9000, BY_USER, everything(groups("system:serviceaccounts"))),
                schema("global-default", "global-default", 9900, BY_USER, everything(anybody)));
    }

    private static ObjectNode object(String kind, String name) {
        ObjectNode object = Trees.empty().put("apiVersion", VERSION).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        metadata.putObject("annotations").put("apf.kubernetes.io/autoupdate-spec", "true");
        return object;
    }

    private static ObjectNode schema(String name, String level, int precedence, String distinguisher, ObjectNode rule) {
        ObjectNode schema = object("FlowSchema", name);
        ObjectNode spec = schema.putObject("spec");
        spec.putObject("priorityLevelConfiguration").put("name", level);
        spec.put("matchingPrecedence", precedence);
        if (!distinguisher.isEmpty()) {
            spec.putObject("distinguisherMethod").put("type", distinguisher);
        }
        spec.putArray("rules").add(rule);
        return schema;
    }

    private static ObjectNode rule(List<ObjectNode> subjects) {
        ObjectNode rule = Trees.empty();
        rule.putArray("subjects").addAll(subjects);
        return rule;
    }

    private static ObjectNode everything(List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects);
        resources(rule, List.of(ALL), ALL, List.of(ALL), true);
        paths(rule, ALL, ALL);
        return rule;
    }

    private static ObjectNode probes(List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects);
        paths(rule, "get", "/healthz", "/readyz", "/livez");
        return rule;
    }

    private static ObjectNode leases(List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects);
        resources(rule, List.of("get", "create", "update"), "coordination.k8s.io", List.of("leases"), false);
        return rule;
    }

    private static ObjectNode endpoints(List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects);
        resources(rule, List.of("get", "create", "update"), "", List.of("endpoints"), false);
        return rule;
    }

    private static ObjectNode nodes(List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects);
        resources(rule, List.of(ALL), "", List.of("nodes", "nodes/status"), true);
        resources(rule, List.of(ALL), "coordination.k8s.io", List.of("leases"), false);
        return rule;
    }

    private static void resources(
            ObjectNode rule, List<String> verbs, String group, List<String> resources, boolean cluster) {
        ObjectNode added = Trees.array(rule, "resourceRules").addObject();
        ArrayNode list = added.putArray("verbs");
        verbs.forEach(list::add);
        added.putArray("apiGroups").add(group);
        ArrayNode names = added.putArray("resources");
        resources.forEach(names::add);
        if (cluster) {
            added.put("clusterScope", true);
        }
        added.putArray("namespaces").add(ALL);
    }

    private static void paths(ObjectNode rule, String verb, String... paths) {
        ObjectNode added = Trees.array(rule, "nonResourceRules").addObject();
        added.putArray("verbs").add(verb);
        ArrayNode list = added.putArray("nonResourceURLs");
        Arrays.stream(paths).forEach(list::add);
    }

    private static List<ObjectNode> groups(String... names) {
        return subjects("Group", "group", names);
    }

    private static List<ObjectNode> users(String... names) {
        return subjects("User", "user", names);
    }

    /// Service accounts of `kube-system`.
    private static List<ObjectNode> accounts(String... names) {
        List<ObjectNode> accounts = subjects("ServiceAccount", "serviceAccount", names);
        accounts.forEach(account -> Trees.object(account, "serviceAccount").put("namespace", "kube-system"));
        return accounts;
    }

    private static List<ObjectNode> subjects(String kind, String field, String... names) {
        List<ObjectNode> subjects = new ArrayList<>();
        for (String name : names) {
            ObjectNode subject = Trees.empty().put("kind", kind);
            subject.putObject(field).put("name", name);
            subjects.add(subject);
        }
        return subjects;
    }

    private static List<ObjectNode> with(List<ObjectNode> some, List<ObjectNode> more) {
        List<ObjectNode> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}

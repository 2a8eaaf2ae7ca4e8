package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.BATCH;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.events;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import java.util.List;
import java.util.Map;

/// Roles that upstream has not: for processes that it has not, and with what ours need beside the roles of theirs.
final class OwnRoles {
    static final String SCHEDULER = "gantry:kube-scheduler";
    static final String CONTROLLER_MANAGER = "gantry:kube-controller-manager";
    static final String PROXY = "gantry:kube-proxy";

    private OwnRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                Roles.role(
                        SCHEDULER,
                        rule(READ, CORE, "configmaps"),
                        rule("patch", CORE, "pods"),
                        rule(READ, "scheduling.k8s.io", "priorityclasses"),
                        rule(READ, BATCH, "jobs")),
                Roles.labelled(CONTROLLER_MANAGER, Map.of(), ControllerRules.all()),
                Roles.role(PROXY, rule(READ, NETWORKING, "networkpolicies"), rule(READ, CORE, "pods,namespaces")),
                Roles.role(
                        "system:cluster-dns",
                        rule(READ, CORE, "endpoints,services,pods,namespaces,nodes"),
                        rule(READ, DISCOVERY, "endpointslices"),
                        events()),
                Roles.role(
                        "system:ingress",
                        rule(READ, NETWORKING, "ingresses,ingressclasses"),
                        rule("patch", NETWORKING, "ingresses/status"),
                        rule(READ, CORE, "services"),
                        rule(READ, DISCOVERY, "endpointslices"),
                        rule("list,watch", CORE, "secrets"),
                        events()));
    }
}

package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.AUTHENTICATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTHORIZATION;
import static io.gantry.apiserver.bootstrap.Rules.BATCH;
import static io.gantry.apiserver.bootstrap.Rules.CERTIFICATES;
import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.NODE;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.RESOURCE;
import static io.gantry.apiserver.bootstrap.Rules.STORAGE;
import static io.gantry.apiserver.bootstrap.Rules.events;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.role.PolicyRule;
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

    /// What any node may do, apart from the single objects that the node authorizer decides on.
    static List<PolicyRule> ofEveryNode() {
        return List.of(
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews,localsubjectaccessreviews"),
                rule(READ, CORE, "services"),
                rule("create,get,list,watch", CORE, "nodes"),
                rule("update,patch", CORE, "nodes"),
                rule("update,patch", CORE, "nodes/status"),
                events(),
                rule("create,delete", CORE, "pods"),
                rule("update,patch", CORE, "pods/status"),
                rule("create", CORE, "pods/eviction"),
                rule("create,get,list,watch", CERTIFICATES, "certificatesigningrequests"),
                rule(READ, CERTIFICATES, "clustertrustbundles"),
                rule("get,create,update,patch,delete", COORDINATION, "leases"),
                rule(READ, STORAGE, "csidrivers"),
                rule("get,create,update,patch,delete", STORAGE, "csinodes"),
                rule(READ, NODE, "runtimeclasses"),
                rule("get,list,watch,create,update,patch,delete,deletecollection", RESOURCE, "resourceslices"));
    }
}

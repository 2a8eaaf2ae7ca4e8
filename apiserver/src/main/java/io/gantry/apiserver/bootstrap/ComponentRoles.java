package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.APPS;
import static io.gantry.apiserver.bootstrap.Rules.AUTHENTICATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTHORIZATION;
import static io.gantry.apiserver.bootstrap.Rules.BATCH;
import static io.gantry.apiserver.bootstrap.Rules.CERTIFICATES;
import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.NODE;
import static io.gantry.apiserver.bootstrap.Rules.POLICY;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.READ_WRITE;
import static io.gantry.apiserver.bootstrap.Rules.RESOURCE;
import static io.gantry.apiserver.bootstrap.Rules.STORAGE;
import static io.gantry.apiserver.bootstrap.Rules.events;
import static io.gantry.apiserver.bootstrap.Rules.named;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.role.PolicyRule;
import java.util.List;
import java.util.Map;

/// Roles for the cluster's own processes.
final class ComponentRoles {
    private ComponentRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                Roles.labelled("system:node", Map.of(), nodeRules()),
                Roles.role(
                        "system:node-problem-detector",
                        rule("get", CORE, "nodes"),
                        rule("patch", CORE, "nodes/status"),
                        events()),
                Roles.role(
                        "system:node-proxier",
                        rule("list,watch", CORE, "services"),
                        rule("get,list,watch", CORE, "nodes"),
                        rule("list,watch", DISCOVERY, "endpointslices"),
                        rule(READ, NETWORKING, "networkpolicies,servicecidrs"),
                        rule(READ, CORE, "pods,namespaces"),
                        events()),
                Roles.role(
                        "system:kubelet-api-admin",
                        rule("get,list,watch", CORE, "nodes"),
                        rule("proxy", CORE, "nodes"),
                        rule(
                                "*",
                                CORE,
                                "nodes/proxy,nodes/metrics,nodes/log,nodes/stats,nodes/configz,nodes/healthz,"
                                        + "nodes/pods,nodes/checkpoint")),
                Roles.role(
                        "system:node-bootstrapper",
                        rule("create,get,list,watch", CERTIFICATES, "certificatesigningrequests")),
                Roles.role(
                        "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
                        rule("create", CERTIFICATES, "certificatesigningrequests/nodeclient")),
                Roles.role(
                        "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
                        rule("create", CERTIFICATES, "certificatesigningrequests/selfnodeclient")),
                approver("kubelet-serving", "kubernetes.io/kubelet-serving"),
                approver("kube-apiserver-client", "kubernetes.io/kube-apiserver-client"),
                approver("kube-apiserver-client-kubelet", "kubernetes.io/kube-apiserver-client-kubelet"),
                approver("legacy-unknown", "kubernetes.io/legacy-unknown"),
                Roles.role(
                        "system:auth-delegator",
                        rule("create", AUTHENTICATION, "tokenreviews"),
                        rule("create", AUTHORIZATION, "subjectaccessreviews")),
                Roles.role("system:kube-aggregator", rule(READ, CORE, "services,endpoints")),
                Roles.role("system:heapster", rule(READ, CORE, "events,namespaces,nodes,pods")),
                Roles.role(
                        "system:persistent-volume-provisioner",
                        rule("get,list,watch,create,delete", CORE, "persistentvolumes"),
                        rule("get,list,watch,update", CORE, "persistentvolumeclaims"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule("watch", CORE, "events"),
                        events()),
                Roles.role("system:kube-dns", rule("list,watch", CORE, "endpoints,services")),
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
                        events()),
                Roles.role("system:kube-scheduler", scheduler().toArray(PolicyRule[]::new)),
                Roles.role(
                        "system:volume-scheduler",
                        rule("get,list,watch,update,patch", CORE, "persistentvolumes,persistentvolumeclaims"),
                        rule(READ, STORAGE, "storageclasses")),
                Roles.labelled("system:kube-controller-manager", Map.of(), ControllerRules.all()));
    }

    private static ClusterRole approver(String name, String signer) {
        return Roles.role(
                "system:certificates.k8s.io:" + name + "-approver", named("approve", CERTIFICATES, "signers", signer));
    }

    /// What any node may do, apart from the single objects that the node authorizer decides on.
    static List<PolicyRule> nodeRules() {
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

    private static List<PolicyRule> scheduler() {
        return List.of(
                events(),
                rule("create,get,list,watch,update", COORDINATION, "leases"),
                rule("create", CORE, "endpoints"),
                rule(READ, CORE, "nodes,namespaces,replicationcontrollers,services,configmaps"),
                rule("get,list,watch,delete,patch", CORE, "pods"),
                rule("create", CORE, "bindings,pods/binding"),
                rule("patch,update", CORE, "pods/status"),
                rule(READ, APPS, "replicasets,statefulsets"),
                rule(READ, POLICY, "poddisruptionbudgets"),
                rule("get,list,watch,update,patch", CORE, "persistentvolumeclaims,persistentvolumes"),
                rule(READ, STORAGE, "csinodes,csidrivers,csistoragecapacities,storageclasses,volumeattachments"),
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews"),
                rule(READ, "scheduling.k8s.io", "priorityclasses"),
                rule(READ, BATCH, "jobs"),
                rule(READ_WRITE, RESOURCE, "resourceclaims,resourceclaims/status"),
                rule("update,patch", RESOURCE, "resourceclaims/binding"),
                rule(READ, RESOURCE, "deviceclasses,resourceslices"),
                rule("update", CORE, "pods/finalizers"));
    }
}

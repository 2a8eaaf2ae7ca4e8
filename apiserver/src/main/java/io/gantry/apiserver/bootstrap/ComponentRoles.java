package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.APPS;
import static io.gantry.apiserver.bootstrap.Rules.AUTHENTICATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTHORIZATION;
import static io.gantry.apiserver.bootstrap.Rules.CERTIFICATES;
import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.EXTENSIONS;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.NODE;
import static io.gantry.apiserver.bootstrap.Rules.POLICY;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.READ_UPDATE;
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

/// Roles for the cluster's own processes, upstream's to the letter. What ours need beside them is in [OwnRoles].
final class ComponentRoles {
    private ComponentRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                Roles.labelled("system:node", Map.of(), node()),
                Roles.role(
                        "system:node-problem-detector",
                        rule("get", CORE, "nodes"),
                        rule("patch", CORE, "nodes/status"),
                        events()),
                Roles.role(
                        "system:node-proxier",
                        rule("list,watch", CORE, "services,endpoints"),
                        rule(READ, CORE, "nodes"),
                        events(),
                        rule("list,watch", NETWORKING, "servicecidrs"),
                        rule("list,watch", DISCOVERY, "endpointslices")),
                Roles.role(
                        "system:kubelet-api-admin",
                        rule("get,list,watch", CORE, "nodes"),
                        rule("proxy", CORE, "nodes"),
                        rule("*", CORE, "nodes/proxy,nodes/metrics,nodes/log,nodes/stats"),
                        rule("*", CORE, "nodes/configz,nodes/healthz,nodes/pods")),
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
                Roles.role(
                        "system:heapster",
                        rule(READ, CORE, "events,namespaces,nodes,pods"),
                        rule(READ, EXTENSIONS, "deployments")),
                Roles.role(
                        "system:persistent-volume-provisioner",
                        rule("get,list,watch,create,delete", CORE, "persistentvolumes"),
                        rule("get,list,watch,update", CORE, "persistentvolumeclaims"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule("watch", CORE, "events"),
                        events()),
                Roles.role("system:kube-dns", rule("list,watch", CORE, "endpoints,services")),
                Roles.role("system:kube-scheduler", scheduler().toArray(PolicyRule[]::new)),
                Roles.role(
                        "system:volume-scheduler",
                        rule(READ_UPDATE, CORE, "persistentvolumes"),
                        rule(READ, STORAGE, "storageclasses"),
                        rule(READ_UPDATE, CORE, "persistentvolumeclaims")),
                Roles.role("system:kube-controller-manager", controllerManager().toArray(PolicyRule[]::new)));
    }

    private static ClusterRole approver(String name, String signer) {
        return Roles.role(
                "system:certificates.k8s.io:" + name + "-approver", named("approve", CERTIFICATES, "signers", signer));
    }

    /// What nodes may do: what of it depends on a single object is up to the node authorizer.
    static List<PolicyRule> node() {
        return List.of(
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews,localsubjectaccessreviews"),
                rule(READ, CORE, "services"),
                rule("create,get,list,watch", CORE, "nodes"),
                rule("update,patch", CORE, "nodes/status"),
                rule("update,patch", CORE, "nodes"),
                events(),
                rule(READ, CORE, "pods"),
                rule("create,delete", CORE, "pods"),
                rule("update,patch", CORE, "pods/status"),
                rule("create", CORE, "pods/eviction"),
                rule(READ, CORE, "secrets,configmaps"),
                rule("get", CORE, "persistentvolumeclaims,persistentvolumes"),
                rule("get", CORE, "endpoints"),
                rule("create,get,list,watch", CERTIFICATES, "certificatesigningrequests"),
                rule("get,create,update,patch,delete", COORDINATION, "leases"),
                rule("get", STORAGE, "volumeattachments"),
                rule("create", CORE, "serviceaccounts/token"),
                rule("get,update,patch", CORE, "persistentvolumeclaims/status"),
                rule(READ, STORAGE, "csidrivers"),
                rule("get,create,update,patch,delete", STORAGE, "csinodes"),
                rule(READ, NODE, "runtimeclasses"),
                rule("get", RESOURCE, "resourceclaims"),
                rule("deletecollection", RESOURCE, "resourceslices"),
                rule("get", CORE, "serviceaccounts"));
    }

    private static List<PolicyRule> scheduler() {
        return List.of(
                events(),
                rule("create", COORDINATION, "leases"),
                named("get,list,update,watch", COORDINATION, "leases", "kube-scheduler"),
                rule(READ_WRITE, COORDINATION, "leasecandidates"),
                rule(READ, CORE, "nodes"),
                rule("get,list,watch,delete", CORE, "pods"),
                rule("create", CORE, "pods/binding,bindings"),
                rule("patch,update", CORE, "pods/status"),
                rule(READ, CORE, "services,replicationcontrollers"),
                rule(READ, APPS + "," + EXTENSIONS, "replicasets"),
                rule(READ, APPS, "statefulsets"),
                rule(READ, POLICY, "poddisruptionbudgets"),
                rule(READ, CORE, "persistentvolumeclaims,persistentvolumes"),
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews"),
                rule(READ, STORAGE, "csinodes"),
                rule(READ, STORAGE, "volumeattachments"),
                rule(READ, CORE, "namespaces"),
                rule(READ, STORAGE, "csidrivers"),
                rule(READ, STORAGE, "csistoragecapacities"),
                rule(READ, RESOURCE, "deviceclasses"),
                rule(READ_UPDATE, RESOURCE, "resourceclaims"),
                rule(READ_UPDATE, RESOURCE, "resourceclaims/status"),
                rule("update", CORE, "pods/finalizers"),
                rule(READ, RESOURCE, "resourceslices"),
                rule("create,delete", RESOURCE, "resourceclaims"),
                rule("update,patch", RESOURCE, "resourceclaims/binding"));
    }

    private static List<PolicyRule> controllerManager() {
        return List.of(
                events(),
                rule("create", COORDINATION, "leases"),
                named("get,update", COORDINATION, "leases", "kube-controller-manager"),
                rule("create", CORE, "secrets,serviceaccounts"),
                rule("delete", CORE, "secrets"),
                rule("get", CORE, "namespaces,secrets,serviceaccounts,configmaps"),
                rule("update", CORE, "secrets,serviceaccounts"),
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews"),
                rule("list,watch", "*", "*"),
                rule("create", CORE, "serviceaccounts/token"));
    }
}

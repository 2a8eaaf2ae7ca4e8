package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.named;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBinding;
import io.gantry.api.rbac.v1.role.Role;
import io.gantry.api.rbac.v1.rolebinding.RoleBinding;
import java.util.List;

/// Who has the built-in roles.
final class Bindings {
    private static final String AUTHENTICATED = "Group:system:authenticated";
    private static final String UNAUTHENTICATED = "Group:system:unauthenticated";
    private static final String BOOTSTRAPPERS = "Group:system:bootstrappers:kubeadm:default-node-token";
    private static final String CSR = "system:certificates.k8s.io:certificatesigningrequests:";

    private Bindings() {}

    static List<ClusterRoleBinding> clusterBindings() {
        return List.of(
                Roles.bind("cluster-admin", "cluster-admin", "Group:system:masters"),
                Roles.bind("system:monitoring", "system:monitoring", "Group:system:monitoring"),
                Roles.bind("system:discovery", "system:discovery", AUTHENTICATED),
                Roles.bind("system:basic-user", "system:basic-user", AUTHENTICATED),
                Roles.bind("system:public-info-viewer", "system:public-info-viewer", AUTHENTICATED, UNAUTHENTICATED),
                Roles.bind(
                        "system:service-account-issuer-discovery",
                        "system:service-account-issuer-discovery",
                        "Group:system:serviceaccounts"),
                Roles.bind("system:node-proxier", "system:node-proxier", "User:system:kube-proxy"),
                Roles.bind("system:node", "system:node"),
                Roles.bind(
                        "system:kube-controller-manager",
                        "system:kube-controller-manager",
                        "User:system:kube-controller-manager"),
                Roles.bind("system:kube-dns", "system:kube-dns", "ServiceAccount:kube-system/kube-dns"),
                Roles.bind("system:cluster-dns", "system:cluster-dns", "User:system:cluster-dns"),
                Roles.bind("system:ingress", "system:ingress", "User:system:ingress"),
                Roles.bind("system:kube-scheduler", "system:kube-scheduler", "User:system:kube-scheduler"),
                Roles.bind("system:volume-scheduler", "system:volume-scheduler", "User:system:kube-scheduler"),
                Roles.bind(OwnRoles.SCHEDULER, OwnRoles.SCHEDULER, "User:system:kube-scheduler"),
                Roles.bind(
                        OwnRoles.CONTROLLER_MANAGER,
                        OwnRoles.CONTROLLER_MANAGER,
                        "User:system:kube-controller-manager"),
                Roles.bind(OwnRoles.PROXY, OwnRoles.PROXY, "User:system:kube-proxy"),
                Roles.bind("kubeadm:kubelet-bootstrap", "system:node-bootstrapper", BOOTSTRAPPERS),
                Roles.bind("kubeadm:node-autoapprove-bootstrap", CSR + "nodeclient", BOOTSTRAPPERS),
                Roles.bind(
                        "kubeadm:node-autoapprove-certificate-rotation", CSR + "selfnodeclient", "Group:system:nodes"));
    }

    static List<Role> roles() {
        return List.of(
                Roles.role(
                        "kube-system",
                        "extension-apiserver-authentication-reader",
                        named(READ, CORE, "configmaps", "extension-apiserver-authentication")),
                Roles.role(
                        "kube-system",
                        "system::leader-locking-kube-controller-manager",
                        rule("create,get,list,update,watch", COORDINATION, "leases"),
                        rule("create,get,list,update,watch", COORDINATION, "leasecandidates")),
                Roles.role(
                        "kube-system",
                        "system::leader-locking-kube-scheduler",
                        rule("create,get,list,update,watch", COORDINATION, "leases"),
                        rule("create,get,list,update,watch", COORDINATION, "leasecandidates")),
                Roles.role(
                        "kube-system",
                        "system:cluster-dns",
                        rule("get,list,watch,create,update,patch", CORE, "services"),
                        rule("get,list,watch,create,update,patch,delete", "discovery.k8s.io", "endpointslices"),
                        rule("create", "discovery.k8s.io", "endpointslices/restricted"),
                        rule(READ, CORE, "configmaps"),
                        rule("get,create,update,patch", COORDINATION, "leases")),
                Roles.role(
                        "kube-public",
                        "kubeadm:bootstrap-signer-clusterinfo",
                        named("get", CORE, "configmaps", "cluster-info")));
    }

    static List<RoleBinding> roleBindings() {
        return List.of(
                Roles.bindIn(
                        "kube-system",
                        "system::extension-apiserver-authentication-reader",
                        "Role",
                        "extension-apiserver-authentication-reader",
                        "User:system:kube-controller-manager",
                        "User:system:kube-scheduler"),
                Roles.bindIn(
                        "kube-system",
                        "system::leader-locking-kube-controller-manager",
                        "Role",
                        "system::leader-locking-kube-controller-manager",
                        "User:system:kube-controller-manager",
                        "ServiceAccount:kube-system/kube-controller-manager",
                        "ServiceAccount:kube-system/leader-election-controller"),
                Roles.bindIn(
                        "kube-system",
                        "system::leader-locking-kube-scheduler",
                        "Role",
                        "system::leader-locking-kube-scheduler",
                        "User:system:kube-scheduler",
                        "ServiceAccount:kube-system/kube-scheduler"),
                Roles.bindIn(
                        "kube-system", "system:cluster-dns", "Role", "system:cluster-dns", "User:system:cluster-dns"),
                Roles.bindIn(
                        "kube-public",
                        "kubeadm:bootstrap-signer-clusterinfo",
                        "Role",
                        "kubeadm:bootstrap-signer-clusterinfo",
                        "User:system:anonymous"));
    }
}

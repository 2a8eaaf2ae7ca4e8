package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.APPS;
import static io.gantry.apiserver.bootstrap.Rules.AUTHENTICATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTHORIZATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTOSCALING;
import static io.gantry.apiserver.bootstrap.Rules.BATCH;
import static io.gantry.apiserver.bootstrap.Rules.CERTIFICATES;
import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.POLICY;
import static io.gantry.apiserver.bootstrap.Rules.RBAC;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.READ_WRITE;
import static io.gantry.apiserver.bootstrap.Rules.STORAGE;
import static io.gantry.apiserver.bootstrap.Rules.named;
import static io.gantry.apiserver.bootstrap.Rules.paths;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.role.PolicyRule;
import java.util.List;

/// Everything that the controllers need. Upstream gives each controller its own service account; ours share one
/// identity, `system:kube-controller-manager`.
final class ControllerRules {
    private static final String SIGNERS = "kubernetes.io/kube-apiserver-client,"
            + "kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving,kubernetes.io/legacy-unknown,gantry.io/kube-proxy-client";

    private ControllerRules() {}

    static List<PolicyRule> all() {
        return List.of(
                rule(READ, "*", "*"),
                paths("get", "*"),
                rule("create,update,patch,delete", CORE + "," + Rules.EVENTS, "events"),
                rule(READ_WRITE, COORDINATION, "leases"),
                rule("create", AUTHENTICATION, "tokenreviews"),
                rule("create", AUTHORIZATION, "subjectaccessreviews"),
                rule(
                        READ_WRITE,
                        CORE,
                        "pods,endpoints,configmaps,serviceaccounts,secrets,persistentvolumeclaims,persistentvolumes,"
                                + "replicationcontrollers,nodes,services,podtemplates,namespaces,limitranges"),
                rule("update,patch", CORE, "*/status,*/finalizers"),
                rule("update", CORE, "namespaces/finalize"),
                rule("create", CORE, "serviceaccounts/token,pods/eviction,pods/binding"),
                rule("get,update,patch", "*", "*/scale"),
                rule(READ_WRITE, APPS, "*"),
                rule(READ_WRITE, BATCH, "*"),
                rule(READ_WRITE, DISCOVERY, "endpointslices"),
                rule("create", DISCOVERY, "endpointslices/restricted"),
                rule("update,patch", AUTOSCALING, "horizontalpodautoscalers,horizontalpodautoscalers/status"),
                rule("update,patch", POLICY, "poddisruptionbudgets,poddisruptionbudgets/status"),
                rule("update,patch,create,delete", NETWORKING, "*"),
                rule(READ_WRITE, STORAGE, "*"),
                rule("update,patch,delete,create", CERTIFICATES, "certificatesigningrequests"),
                rule(
                        "update,patch",
                        CERTIFICATES,
                        "certificatesigningrequests/approval,certificatesigningrequests/status"),
                named("approve,sign", CERTIFICATES, "signers", SIGNERS),
                rule("update,patch,escalate,bind", RBAC, "clusterroles"),
                rule(
                        "update,patch",
                        "flowcontrol.apiserver.k8s.io,resource.k8s.io,apiextensions.k8s.io,"
                                + "apiregistration.k8s.io,admissionregistration.k8s.io",
                        "*"),
                rule(READ_WRITE, "resource.k8s.io", "resourceclaims,resourceclaims/status"),
                rule("update,patch", "resource.k8s.io", "resourceclaims/binding"),
                // Garbage collection and namespace deletion reach every kind, also those that come later.
                rule("get,list,watch,patch,update,delete,deletecollection", "*", "*"));
    }
}

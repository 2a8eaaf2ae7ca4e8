package io.gantry.apiserver.bootstrap;

import static io.gantry.apiserver.bootstrap.Rules.APPS;
import static io.gantry.apiserver.bootstrap.Rules.AUTHENTICATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTHORIZATION;
import static io.gantry.apiserver.bootstrap.Rules.AUTOSCALING;
import static io.gantry.apiserver.bootstrap.Rules.BATCH;
import static io.gantry.apiserver.bootstrap.Rules.COORDINATION;
import static io.gantry.apiserver.bootstrap.Rules.CORE;
import static io.gantry.apiserver.bootstrap.Rules.DISCOVERY;
import static io.gantry.apiserver.bootstrap.Rules.EVENTS;
import static io.gantry.apiserver.bootstrap.Rules.EXTENSIONS;
import static io.gantry.apiserver.bootstrap.Rules.METRICS;
import static io.gantry.apiserver.bootstrap.Rules.NETWORKING;
import static io.gantry.apiserver.bootstrap.Rules.POLICY;
import static io.gantry.apiserver.bootstrap.Rules.RBAC;
import static io.gantry.apiserver.bootstrap.Rules.READ;
import static io.gantry.apiserver.bootstrap.Rules.READ_WRITE;
import static io.gantry.apiserver.bootstrap.Rules.RESOURCE;
import static io.gantry.apiserver.bootstrap.Rules.WRITE;
import static io.gantry.apiserver.bootstrap.Rules.paths;
import static io.gantry.apiserver.bootstrap.Rules.rule;

import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import java.util.List;
import java.util.Map;

/// Roles for people: `cluster-admin`, `admin`, `edit`, `view` and what everybody has (upstream
/// `plugin/pkg/auth/authorizer/rbac/bootstrappolicy`).
final class UserRoles {
    private static final String TO = "rbac.authorization.k8s.io/aggregate-to-";
    private static final String WORKLOADS = "daemonsets,deployments,replicasets,statefulsets";

    private UserRoles() {}

    static List<ClusterRole> all() {
        return List.of(
                Roles.role("cluster-admin", rule("*", "*", "*"), paths("*", "*")),
                Roles.role(
                        "system:discovery",
                        paths(
                                "get",
                                "/livez,/readyz,/healthz,/version,/version/,/openapi,/openapi/*,/api,/api/*,/apis,/apis/*")),
                Roles.role(
                        "system:monitoring",
                        paths(
                                "get",
                                "/metrics,/metrics/slis,/livez,/readyz,/healthz,/livez/*,/readyz/*,/healthz/*,/flagz,/statusz"),
                        rule("get", "", "nodes/metrics")),
                Roles.role("system:public-info-viewer", paths("get", "/livez,/readyz,/healthz,/version,/version/")),
                Roles.role(
                        "system:basic-user",
                        rule("create", AUTHORIZATION, "selfsubjectaccessreviews,selfsubjectrulesreviews"),
                        rule("create", AUTHENTICATION, "selfsubjectreviews")),
                Roles.role(
                        "system:service-account-issuer-discovery",
                        paths(
                                "get",
                                "/.well-known/openid-configuration,/.well-known/openid-configuration/,"
                                        + "/openid/v1/jwks,/openid/v1/jwks/")),
                Roles.aggregate("admin", Map.of(), TO + "admin"),
                Roles.aggregate("edit", Map.of(TO + "admin", "true"), TO + "edit"),
                Roles.aggregate("view", Map.of(TO + "edit", "true"), TO + "view"),
                Roles.labelled(
                        "gantry:aggregated-metrics-reader",
                        Map.of(TO + "admin", "true", TO + "edit", "true", TO + "view", "true"),
                        List.of(rule("get,list,watch", METRICS, "pods,nodes"))),
                admin(),
                edit(),
                view());
    }

    private static ClusterRole admin() {
        return Roles.labelled(
                "system:aggregate-to-admin",
                Map.of(TO + "admin", "true"),
                List.of(
                        rule("create", AUTHORIZATION, "localsubjectaccessreviews"),
                        rule(READ_WRITE, RBAC, "roles,rolebindings")));
    }

    private static ClusterRole edit() {
        return Roles.labelled(
                "system:aggregate-to-edit",
                Map.of(TO + "edit", "true"),
                List.of(
                        rule(READ, CORE, "pods/attach,pods/proxy,pods/exec,pods/portforward,secrets,services/proxy"),
                        rule("impersonate", CORE, "serviceaccounts"),
                        rule(WRITE, CORE, "pods,pods/attach,pods/exec,pods/portforward,pods/proxy"),
                        rule("create", CORE, "pods/eviction"),
                        rule(
                                WRITE,
                                CORE,
                                "configmaps,persistentvolumeclaims,replicationcontrollers,"
                                        + "replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy"),
                        rule("create", CORE, "serviceaccounts/token"),
                        rule(WRITE, CORE + "," + EVENTS, "events"),
                        rule(
                                WRITE,
                                APPS,
                                WORKLOADS + ",deployments/rollback,deployments/scale,replicasets/scale,"
                                        + "statefulsets/scale"),
                        rule(WRITE, AUTOSCALING, "horizontalpodautoscalers"),
                        rule(WRITE, BATCH, "cronjobs,jobs"),
                        rule(
                                WRITE,
                                EXTENSIONS,
                                "daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,"
                                        + "networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale"),
                        rule(WRITE, POLICY, "poddisruptionbudgets"),
                        rule(WRITE, NETWORKING, "ingresses,networkpolicies"),
                        rule(READ_WRITE, COORDINATION, "leases"),
                        rule(WRITE, RESOURCE, "resourceclaims,resourceclaimtemplates")));
    }

    private static ClusterRole view() {
        return Roles.labelled(
                "system:aggregate-to-view",
                Map.of(TO + "view", "true"),
                List.of(
                        rule(
                                READ,
                                CORE,
                                "configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,"
                                        + "replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,"
                                        + "services/status"),
                        rule(
                                READ,
                                CORE,
                                "bindings,limitranges,namespaces/status,pods/log,pods/status,"
                                        + "replicationcontrollers/status,resourcequotas,resourcequotas/status"),
                        rule(READ, CORE, "namespaces"),
                        rule(READ, CORE + "," + EVENTS, "events"),
                        rule(READ, DISCOVERY, "endpointslices"),
                        rule(
                                READ,
                                APPS,
                                "controllerrevisions," + WORKLOADS + ",daemonsets/status,deployments/scale,"
                                        + "deployments/status,replicasets/scale,replicasets/status,statefulsets/scale,"
                                        + "statefulsets/status"),
                        rule(READ, AUTOSCALING, "horizontalpodautoscalers,horizontalpodautoscalers/status"),
                        rule(READ, BATCH, "cronjobs,cronjobs/status,jobs,jobs/status"),
                        rule(
                                READ,
                                EXTENSIONS,
                                "daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,"
                                        + "ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,"
                                        + "replicasets/status,replicationcontrollers/scale"),
                        rule(READ, POLICY, "poddisruptionbudgets,poddisruptionbudgets/status"),
                        rule(READ, NETWORKING, "ingresses,ingresses/status,networkpolicies"),
                        rule(READ, RESOURCE, "resourceclaims,resourceclaims/status,resourceclaimtemplates")));
    }
}

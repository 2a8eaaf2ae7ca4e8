package io.gantry.apiserver.authz.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.rbac.FixedRules;
import io.gantry.apiserver.bootstrap.BootstrapObjects;
import io.gantry.apiserver.objects.FakeObjects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What node `one` may do, where one pod of it uses a Secret and a claim (upstream
/// `plugin/pkg/auth/authorizer/node/node_authorizer_test.go`).
class NodeAuthorizerTest {
    private static final UserInfo NODE = UserInfo.of("system:node:one", "system:nodes");
    private static final Authorizer AUTHORIZER = new NodeAuthorizer(
            NodeGraph.follow(new FakeObjects().put(PodKind.KIND, """
                    {"metadata":{"namespace":"ns","name":"web"},
                     "spec":{"nodeName":"one","serviceAccountName":"sa","imagePullSecrets":[{"name":"keys"}],
                       "volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"data"}}]}}""")), new FixedRules(BootstrapObjects.nodeRules()));

    @ParameterizedTest
    @CsvSource({
        // What does not depend on a single object is the role's.
        "get,    '',                  endpoints,                  '',       ns,              web,  true",
        "list,   '',                  endpoints,                  '',       ns,              '',   false",
        "list,   discovery.k8s.io,    endpointslices,             '',       ns,              '',   false",
        "list,   '',                  services,                   '',       '',              '',   true",
        "list,   storage.k8s.io,      csidrivers,                 '',       '',              '',   true",
        "list,   node.k8s.io,         runtimeclasses,             '',       '',              '',   true",
        "create, certificates.k8s.io, certificatesigningrequests, '',       '',              '',   true",
        "create, authentication.k8s.io, tokenreviews,             '',       '',              '',   true",
        "patch,  '',                  events,                     '',       ns,              e,    true",
        "list,   apps,                deployments,                '',       '',              '',   false",
        // The role names these too; which of them, the graph says.
        "get,    '',                  secrets,                    '',       ns,              keys, true",
        "watch,  '',                  secrets,                    '',       ns,              keys, true",
        "get,    '',                  secrets,                    '',       ns,              more, false",
        "list,   '',                  secrets,                    '',       ns,              '',   false",
        "list,   '',                  configmaps,                 '',       '',              '',   false",
        "get,    '',                  persistentvolumeclaims,     '',       ns,              data, true",
        "get,    '',                  persistentvolumeclaims,     '',       ns,              more, false",
        "list,   '',                  persistentvolumeclaims,     '',       ns,              data, false",
        "update, '',                  persistentvolumeclaims,     status,   ns,              data, true",
        "patch,  '',                  persistentvolumeclaims,     status,   ns,              data, true",
        "get,    '',                  persistentvolumeclaims,     status,   ns,              data, false",
        "patch,  '',                  persistentvolumeclaims,     status,   ns,              more, false",
        "get,    '',                  persistentvolumes,          '',       '',              pv,   false",
        "get,    resource.k8s.io,     resourceclaims,             '',       ns,              c,    false",
        "deletecollection, resource.k8s.io, resourceslices,       '',       '',              '',   false",
        "create, resource.k8s.io,     resourceslices,             '',       '',              '',   true",
        "get,    '',                  pods,                       '',       ns,              web,  true",
        "get,    '',                  pods,                       '',       ns,              more, false",
        "list,   '',                  pods,                       '',       '',              '',   false",
        "patch,  '',                  pods,                       status,   ns,              more, true",
        "create, '',                  pods,                       eviction, ns,              web,  true",
        "patch,  '',                  pods,                       '',       ns,              web,  false",
        "get,    '',                  pods,                       log,      ns,              web,  false",
        "get,    '',                  nodes,                      '',       '',              one,  true",
        "get,    '',                  nodes,                      '',       '',              two,  false",
        "list,   '',                  nodes,                      '',       '',              '',   false",
        "patch,  '',                  nodes,                      status,   '',              one,  true",
        "delete, '',                  nodes,                      '',       '',              one,  false",
        "get,    '',                  serviceaccounts,            '',       ns,              sa,   true",
        "get,    '',                  serviceaccounts,            '',       ns,              more, false",
        "create, '',                  serviceaccounts,            token,    ns,              sa,   true",
        "create, '',                  serviceaccounts,            token,    ns,              more, false",
        "update, coordination.k8s.io, leases,                     '',       kube-node-lease, one,  true",
        "update, coordination.k8s.io, leases,                     '',       kube-node-lease, two,  false",
        "update, coordination.k8s.io, leases,                     '',       kube-system,     one,  false",
        "list,   coordination.k8s.io, leases,                     '',       kube-node-lease, one,  false",
        "delete, storage.k8s.io,      csinodes,                   '',       '',              one,  true",
        "delete, storage.k8s.io,      csinodes,                   '',       '',              two,  false",
    })
    void mayOneDo(
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            boolean allowed) {
        Attributes asked =
                new Attributes(NODE, verb, namespace, group, "v1", resource, subresource, name, true, "", "");
        assertEquals(allowed, AUTHORIZER.decide(asked).allowed());
    }
}

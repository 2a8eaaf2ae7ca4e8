package io.gantry.apiserver.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.role.PolicyRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Roles of upstream's names have upstream's rules (`bootstrappolicy/testdata/cluster-roles.yaml`).
class ComponentRolesTest {
    private static final List<ClusterRole> ALL = Stream.of(UserRoles.all(), ComponentRoles.all(), OwnRoles.all())
            .flatMap(List::stream)
            .toList();

    private static List<String> rules(String role) {
        return ALL.stream()
                .filter(each -> role.equals(each.metadata().name()))
                .flatMap(each -> each.rules().stream())
                .map(ComponentRolesTest::text)
                .toList();
    }

    private static String text(PolicyRule rule) {
        return String.join(",", rule.verbs()) + " " + String.join("+", rule.apiGroups()) + ":"
                + String.join(",", rule.resources()) + String.join(",", rule.resourceNames());
    }

    @Test
    void theProxyReadsWhatUpstreamsDoes() {
        assertEquals(
                List.of(
                        "list,watch :endpoints,services",
                        "get,list,watch :nodes",
                        "create,patch,update +events.k8s.io:events",
                        "list,watch networking.k8s.io:servicecidrs",
                        "list,watch discovery.k8s.io:endpointslices"),
                rules("system:node-proxier"));
        assertTrue(rules("gantry:kube-proxy").contains("get,list,watch networking.k8s.io:networkpolicies"));
    }

    @Test
    void theControllerManagersRoleIsNotThatOfItsControllers() {
        assertEquals(11, rules("system:kube-controller-manager").size());
        assertTrue(rules("system:kube-controller-manager")
                .contains("get,update coordination.k8s.io:leaseskube-controller-manager"));
        assertTrue(rules("gantry:kube-controller-manager").stream().anyMatch(rule -> rule.contains("apps:*")));
    }

    /// Its manifests create a role of this name (`kubectl create` refuses one that is there).
    @Test
    void metricsServersRoleIsFree() {
        assertEquals(List.of(), rules("system:aggregated-metrics-reader"));
        assertEquals(List.of("get,list,watch metrics.k8s.io:nodes,pods"), rules("gantry:aggregated-metrics-reader"));
    }

    @Test
    void nodesThatHaveTheRoleReadWhatTheirPodsNeed() {
        assertTrue(rules("system:node").contains("get,list,watch :configmaps,secrets"));
        assertTrue(rules("system:node").contains("create :serviceaccounts/token"));
        assertEquals(
                rules("system:node"),
                BootstrapObjects.nodeRules().stream()
                        .map(ComponentRolesTest::text)
                        .toList());
    }

    @Test
    void oldGroupsAreInRolesForPeople() {
        assertTrue(rules("system:aggregate-to-view").stream().anyMatch(rule -> rule.contains(" extensions:")));
        assertTrue(rules("system:aggregate-to-edit").stream().anyMatch(rule -> rule.contains(" extensions:")));
    }

    @Test
    void wordsOfRulesAreInOrder() {
        for (ClusterRole role : ALL) {
            for (PolicyRule rule : role.rules()) {
                assertEquals(rule.verbs().stream().sorted().toList(), rule.verbs());
                assertEquals(rule.resources().stream().sorted().toList(), rule.resources());
            }
        }
    }
}

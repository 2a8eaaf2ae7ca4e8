package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.api.rbac.v1.role.RoleKind;
import io.gantry.api.rbac.v1.rolebinding.RoleBindingKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class FirstKindsRulesTest {
    private static final String META = "'metadata':{'name':'a','namespace':'default'}";
    private static final String TEMPLATE =
            "'template':{'metadata':{'labels':{'app':'a'}},'spec':{'containers':[{'name':'c','image':'nginx'}]}}";

    record Case(KindDefinition<?> kind, String json, List<String> errors) {}

    static Stream<Case> creates() {
        return Stream.of(
                new Case(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{'selector':{'matchLabels':{'app':'a'}}," + TEMPLATE + "}}",
                        List.of()),
                new Case(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{'replicas':-1,'selector':{'matchLabels':{'app':'b'}}," + TEMPLATE + "}}",
                        List.of(
                                "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                                "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match"
                                        + " template `labels`")),
                new Case(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{'strategy':{'rollingUpdate':{'maxUnavailable':0,'maxSurge':0}},"
                                + "'selector':{'matchLabels':{'app':'a'}}," + TEMPLATE + "}}",
                        List.of("spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when"
                                + " `maxSurge` is 0")),
                new Case(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{" + TEMPLATE + "}}",
                        List.of(
                                "spec.selector: Required value",
                                "spec.template.metadata.labels: Invalid value: {\"app\":\"a\"}: `selector` does not match"
                                        + " template `labels`")),
                new Case(new ServiceKind(), "{" + META + ",'spec':{'ports':[{'port':80}]}}", List.of()),
                new Case(new ServiceKind(), "{" + META + ",'spec':{}}", List.of("spec.ports: Required value")),
                new Case(
                        new ServiceKind(),
                        "{" + META + ",'spec':{'ports':[{'port':80}],'trafficDistribution':'Far'}}",
                        List.of(
                                "spec.trafficDistribution: Unsupported value: \"Far\": supported values: \"PreferClose\","
                                        + " \"PreferSameNode\", \"PreferSameZone\"")),
                new Case(
                        new ServiceKind(),
                        "{'metadata':{'name':'1a-','namespace':'default'},'spec':{'ports':[{'port':80,'nodePort':30000}]}}",
                        List.of(
                                "metadata.name: Invalid value: \"1a-\": a lowercase RFC 1123 label must consist of lower"
                                        + " case alphanumeric characters or '-', and must start and end with an"
                                        + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                                "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'")),
                new Case(
                        new ServiceKind(),
                        "{" + META + ",'spec':{'ports':[{'port':80},{'port':81}]}}",
                        List.of("spec.ports[0].name: Required value", "spec.ports[1].name: Required value")),
                new Case(
                        new ConfigMapKind(),
                        "{" + META + ",'data':{'a b':'x'}}",
                        List.of("data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric"
                                + " characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex"
                                + " used for validation is '[-._a-zA-Z0-9]+')")),
                new Case(
                        new SecretKind(),
                        "{" + META + ",'type':'kubernetes.io/tls'}",
                        List.of("data[tls.crt]: Required value", "data[tls.key]: Required value")),
                new Case(
                        new NamespaceKind(),
                        "{'metadata':{'name':'a.b'}}",
                        List.of("metadata.name: Invalid value: \"a.b\": must not contain dots")),
                new Case(
                        new RoleKind(),
                        "{" + META + ",'rules':[{'resources':['pods'],'apiGroups':['']}]}",
                        List.of("rules[0].verbs: Required value: verbs must contain at least one value")),
                new Case(
                        new RoleBindingKind(),
                        "{" + META
                                + ",'roleRef':{'kind':'Role','name':'x'},'subjects':[{'kind':'ServiceAccount','name':'x'}]}",
                        List.of()),
                new Case(
                        new ClusterRoleBindingKind(),
                        "{'metadata':{'name':'a'},'roleRef':{'kind':'ClusterRole','name':'x'},"
                                + "'subjects':[{'kind':'ServiceAccount','name':'x'}]}",
                        List.of("subjects[0].namespace: Required value")),
                new Case(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{'selector':{'matchLabels':{'app':'a'}},'template':{'metadata':"
                                + "{'labels':{'app':'a'}},'spec':{'containers':[{'name':'a','image':' '}]}}}}",
                        List.of()),
                new Case(
                        new PodKind(),
                        "{" + META + ",'spec':{'containers':[{'name':'a','image':' b'}]}}",
                        List.of("spec.containers[0].image: Invalid value: \" b\": must not have leading or trailing"
                                + " whitespace")),
                new Case(
                        new EndpointSliceKind(),
                        "{" + META + ",'addressType':'IPv4','endpoints':[{'addresses':['127.0.0.1']}]}",
                        List.of(
                                "endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range"
                                        + " (127.0.0.0/8, ::1/128)")));
    }

    @ParameterizedTest
    @MethodSource("creates")
    void saysWhatIsWrong(Case one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).create(one.json()));
    }

    record UpdateCase(KindDefinition<?> kind, String old, String json, List<String> errors) {}

    static Stream<UpdateCase> updates() {
        return Stream.of(
                new UpdateCase(
                        new DeploymentKind(),
                        "{" + META + ",'spec':{'selector':{'matchLabels':{'app':'a'}}," + TEMPLATE + "}}",
                        "{" + META + ",'spec':{'selector':{'matchLabels':{'app':'b'}},"
                                + TEMPLATE.replace("'app':'a'", "'app':'b'") + "}}",
                        List.of("spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"b\"}}: field is immutable")),
                new UpdateCase(
                        new ConfigMapKind(),
                        "{" + META + ",'immutable':true,'data':{'a':'1'}}",
                        "{" + META + ",'immutable':true,'data':{'a':'2'}}",
                        List.of("data: Forbidden: field is immutable when `immutable` is set")),
                new UpdateCase(
                        new ServiceKind(),
                        "{" + META
                                + ",'spec':{'clusterIP':'10.96.0.5','clusterIPs':['10.96.0.5'],'ports':[{'port':80}]}}",
                        "{" + META + ",'spec':{'ports':[{'port':80}]}}",
                        List.of()),
                new UpdateCase(
                        new ServiceKind(),
                        "{" + META
                                + ",'spec':{'clusterIP':'10.96.0.5','clusterIPs':['10.96.0.5'],'ports':[{'port':80}]}}",
                        "{" + META + ",'spec':{'clusterIP':'10.96.0.6','ports':[{'port':80}]}}",
                        List.of("spec.clusterIPs[0]: Invalid value: [\"10.96.0.6\"]: may not change once set")),
                new UpdateCase(
                        new RoleBindingKind(),
                        "{" + META + ",'roleRef':{'kind':'Role','name':'x'}}",
                        "{" + META + ",'roleRef':{'kind':'Role','name':'y'}}",
                        List.of(
                                "roleRef: Invalid value: {\"kind\":\"Role\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"y\"}: cannot change roleRef")));
    }

    @ParameterizedTest
    @MethodSource("updates")
    void saysWhatMayNotChange(UpdateCase one) {
        assertEquals(one.errors(), new RulesHarness<>(one.kind()).update(one.json(), one.old()));
    }

    @Test
    void aNodePortStaysWhenAnUpdateLeavesItOut() {
        String old = "{" + META
                + ",'spec':{'type':'NodePort','clusterIP':'10.96.0.5','clusterIPs':['10.96.0.5'],'ports':[{'port':80,'nodePort':30080}]}}";
        RulesHarness<?> services = new RulesHarness<>(new ServiceKind());
        ObjectNode now = services.defaulted("{" + META + ",'spec':{'type':'NodePort','ports':[{'port':80}]}}");
        new ServiceKind().rules().prepareForUpdate(now, services.defaulted(old));
        JsonNode spec = now.path("spec");
        assertEquals(30080, spec.path("ports").path(0).path("nodePort").asInt());
        assertEquals("10.96.0.5", spec.path("clusterIP").asString());
        assertEquals("Cluster", spec.path("externalTrafficPolicy").asString());
    }

    @Test
    void aDeploymentGetsItsStrategy() {
        JsonNode spec = new RulesHarness<>(new DeploymentKind())
                .defaulted("{" + META + ",'spec':{'selector':{'matchLabels':{'app':'a'}}," + TEMPLATE + "}}")
                .path("spec");
        assertEquals(
                "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}",
                spec.path("strategy").toString());
        assertEquals(10, spec.path("revisionHistoryLimit").asInt());
        assertEquals(600, spec.path("progressDeadlineSeconds").asInt());
        assertEquals(
                "Always",
                spec.path("template")
                        .path("spec")
                        .path("containers")
                        .path(0)
                        .path("imagePullPolicy")
                        .asString());
    }

    @Test
    void aSecretTakesTexts() {
        ObjectNode secret = new RulesHarness<>(new SecretKind()).defaulted("{" + META + ",'stringData':{'a':'x'}}");
        assertEquals("eA==", secret.path("data").path("a").asString());
        assertEquals("Opaque", secret.path("type").asString());
        assertEquals(false, secret.has("stringData"));
    }

    @Test
    void addressesOfALoadBalancerAreVirtualOnesUnlessSaidOtherwise() {
        RulesHarness<?> services = new RulesHarness<>(new ServiceKind());
        String service = "{'metadata':{'name':'a','namespace':'default'},'spec':{'type':'%s','ports':[{'port':80}]},"
                + "'status':{'loadBalancer':{'ingress':[{'ip':'192.0.2.1'},{'ip':'192.0.2.2','ipMode':'Proxy'},"
                + "{'hostname':'h'}]}}}";
        JsonNode ingress = services.defaulted(service.formatted("LoadBalancer")).at("/status/loadBalancer/ingress");
        assertEquals("VIP", ingress.path(0).path("ipMode").asString());
        assertEquals("Proxy", ingress.path(1).path("ipMode").asString());
        assertEquals("{\"hostname\":\"h\"}", ingress.path(2).toString());
        JsonNode other = services.defaulted(service.formatted("NodePort")).at("/status/loadBalancer/ingress");
        assertEquals("{\"ip\":\"192.0.2.1\"}", other.path(0).toString());
    }
}

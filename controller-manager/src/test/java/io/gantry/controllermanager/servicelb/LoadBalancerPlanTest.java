package io.gantry.controllermanager.servicelb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoadBalancerPlanTest {
    private final List<Node> nodes =
            List.of(node("n1", "10.0.0.1", "True"), node("n2", "10.0.0.2", "True"), node("n3", "10.0.0.3", "False"));

    @Test
    void readyNodesGiveTheirAddresses() {
        assertEquals(
                Map.of(new ObjectKey("default", "web"), List.of("10.0.0.1", "10.0.0.2")),
                changes(service("web", 1, 80, "", "")));
    }

    @Test
    void theOlderServiceHasThePort() {
        assertEquals(
                Map.of(new ObjectKey("default", "old"), List.of("10.0.0.1", "10.0.0.2")),
                changes(service("a-new", 9, 80, "", ""), service("old", 1, 80, "", "")));
    }

    @Test
    void theClustersOwnPortsAreNotGiven() {
        assertEquals(Map.of(), changes(service("web", 1, 6443, "", "")));
    }

    @Test
    void localTrafficOnlyWhereEndpointsAre() {
        EndpointSlice slice = json(
                EndpointSlice.class,
                "{'metadata':{'namespace':'default','name':'x','labels':{'kubernetes.io/service-name':'web'}},"
                        + "'addressType':'IPv4','endpoints':[{'addresses':['10.244.1.2'],'nodeName':'n2'}]}");
        assertEquals(
                Map.of(new ObjectKey("default", "web"), List.of("10.0.0.2")),
                LoadBalancerPlan.changes(
                        List.of(service("web", 1, 80, "'externalTrafficPolicy':'Local',", "")), nodes, List.of(slice)));
    }

    @Test
    void anotherClassIsLeftAlone() {
        assertEquals(Map.of(), changes(service("web", 1, 80, "'loadBalancerClass':'example.com/x',", "")));
    }

    @Test
    void whatIsShownAlreadyIsNotWritten() {
        assertEquals(Map.of(), changes(service("web", 1, 80, "", "'ingress':[{'ip':'10.0.0.1'},{'ip':'10.0.0.2'}]")));
    }

    private Map<ObjectKey, List<String>> changes(Service... services) {
        return LoadBalancerPlan.changes(List.of(services), nodes, List.of());
    }

    private static Service service(String name, int age, int port, String spec, String balancer) {
        return json(
                Service.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','creationTimestamp':'2026-01-0" + age
                        + "T00:00:00Z'},'spec':{" + spec + "'type':'LoadBalancer','ports':[{'port':" + port
                        + "}]},'status':{'loadBalancer':{" + balancer + "}}}");
    }

    private static Node node(String name, String ip, String ready) {
        return json(
                Node.class,
                "{'metadata':{'name':'" + name + "'},'status':{'addresses':[{'type':'InternalIP','address':'" + ip
                        + "'}],'conditions':[{'type':'Ready','status':'" + ready + "'}]}}");
    }

    private static <T> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }
}

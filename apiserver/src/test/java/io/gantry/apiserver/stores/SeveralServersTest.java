package io.gantry.apiserver.stores;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.Store;
import io.gantry.store.memory.MemoryStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two API servers on one store are one cluster.
class SeveralServersTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String RANGES = "/registry/ranges/servicenodeports";
    private static final int EACH = 30;

    private final MemoryStore memory = new MemoryStore();
    private final List<ApiServer> servers = new ArrayList<>();
    private final List<Api> clients = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        for (int i = 1; i <= 2; i++) {
            ServerConfig config = ServerConfig.local(shared()).withAdvertiseAddress("192.0.2." + i);
            ApiServer server = ApiServer.start(config, objects -> Security.none());
            servers.add(server);
            clients.add(new Api(server.address().getPort()));
        }
    }

    @AfterEach
    void stop() {
        clients.forEach(Api::close);
        servers.forEach(ApiServer::close);
        memory.close();
    }

    private Store shared() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) ->
                        method.getName().equals("shared") ? Boolean.TRUE : method.invoke(memory, arguments));
    }

    private static String service(String name, String more) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]"
                + more + "}}";
    }

    private Set<String> addresses() throws Exception {
        Set<String> names = new TreeSet<>();
        clients.getFirst()
                .get(200, "/apis/networking.k8s.io/v1/ipaddresses")
                .path("items")
                .forEach(item -> names.add(item.path("metadata").path("name").asString()));
        return names;
    }

    @Test
    void everyServiceHasItsOwnAddressAndPort() throws Exception {
        ConcurrentLinkedQueue<JsonNode> made = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2 * EACH; i++) {
                Api api = clients.get(i % 2);
                String body = service("s" + i, "");
                running.add(threads.submit(() -> made.add(api.call(201, "POST", SERVICES, body))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        Set<String> ips = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (JsonNode service : made) {
            ips.add(service.path("spec").path("clusterIP").asString());
            ports.add(
                    service.path("spec").path("ports").path(0).path("nodePort").asInt());
        }
        assertEquals(2 * EACH, ips.size());
        assertEquals(2 * EACH, ports.size());
        assertTrue(addresses().containsAll(ips));
        for (int i = 0; i < 2 * EACH; i++) {
            clients.get((i + 1) % 2).call(200, "DELETE", SERVICES + "/s" + i, "");
        }
        assertEquals(Set.of("10.96.0.1"), addresses());
        String noted = new String(memory.get(RANGES).orElseThrow().value(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(noted.contains("\"data\":\"\""), noted);
    }

    @Test
    void anAddressThatIsTakenIsRefusedByBoth() throws Exception {
        String fixed = ",\"clusterIP\":\"10.96.7.7\"";
        clients.get(0).call(201, "POST", SERVICES, service("a", fixed));
        JsonNode refused = clients.get(1).call(422, "POST", SERVICES, service("b", fixed));
        assertEquals(
                "Service \"b\" is invalid: spec.clusterIPs: Invalid value: [\"10.96.7.7\"]: failed to allocate IP "
                        + "10.96.7.7: provided IP is already allocated",
                refused.path("message").asString());
        clients.get(0).call(200, "DELETE", SERVICES + "/a", "");
        clients.get(1).call(201, "POST", SERVICES, service("b", fixed));
        JsonNode far = clients.get(1).call(422, "POST", SERVICES, service("c", ",\"clusterIP\":\"10.97.0.9\""));
        assertTrue(far.path("message").asString().contains("does not match the current range"));
        clients.get(0)
                .call(
                        201,
                        "POST",
                        "/apis/networking.k8s.io/v1/servicecidrs",
                        "{\"metadata\":{\"name\":\"more\"},\"spec\":{\"cidrs\":[\"10.97.0.0/24\"]}}");
        clients.get(1).call(201, "POST", SERVICES, service("c", ",\"clusterIP\":\"10.97.0.9\""));
        assertEquals(
                "True",
                clients.get(1)
                        .get(200, "/apis/networking.k8s.io/v1/servicecidrs/kubernetes")
                        .path("status")
                        .path("conditions")
                        .path(0)
                        .path("status")
                        .asString());
    }

    @Test
    void aDryRunTakesNothing() throws Exception {
        JsonNode dry = clients.get(0).call(201, "POST", SERVICES + "?dryRun=All", service("a", ""));
        assertTrue(dry.path("spec").path("clusterIP").asString().startsWith("10.96."));
        assertEquals(Set.of("10.96.0.1"), addresses());
        assertTrue(memory.get(RANGES).isPresent());
    }

    @Test
    void theServiceOfTheApiLeadsToServersThatLive() throws Exception {
        assertEquals(List.of("192.0.2.1", "192.0.2.2"), endpoints(clients.get(0)));
        servers.get(1).close();
        await().until(() -> endpoints(clients.get(0)).equals(List.of("192.0.2.1")));
        JsonNode slice =
                clients.get(0).get(200, "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes");
        assertEquals(1, slice.path("endpoints").size());
    }

    private static List<String> endpoints(Api api) throws Exception {
        List<String> ips = new ArrayList<>();
        api.get(200, "/api/v1/namespaces/default/endpoints/kubernetes")
                .path("subsets")
                .path(0)
                .path("addresses")
                .forEach(address -> ips.add(address.path("ip").asString()));
        return ips;
    }
}

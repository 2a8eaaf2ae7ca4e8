package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.component.HostName;
import io.gantry.store.memory.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every API server has a Lease in `kube-system` (KEP-1965), named as upstream names it.
class IdentityLeaseTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// The names were made by upstream's way of hashing, in another language.
    @Test
    void theNameIsMadeFromTheMachines() {
        assertEquals("apiserver-lgabes5ywnaqeagh5dny4zlzs4", ServerIdentity.of("node-1"));
        assertEquals("apiserver-l2yubf4cvcl5c7a3wrubrwqdve", ServerIdentity.of("localhost"));
    }

    @Test
    void aServerHasItsLeaseAndTakesItAway() throws Exception {
        String host = HostName.read();
        MemoryStore store = new MemoryStore();
        JsonNode first = leaseOf(store, host);
        assertEquals(
                "kube-apiserver",
                first.at("/metadata/labels/apiserver.kubernetes.io~1identity").asString());
        assertEquals(host, first.at("/metadata/labels/kubernetes.io~1hostname").asString());
        assertEquals(3600, first.at("/spec/leaseDurationSeconds").asInt());
        assertTrue(first.at("/spec/renewTime").asString().matches(".*\\.\\d{6}Z"), first.toString());
        String holder = first.at("/spec/holderIdentity").asString();
        assertTrue(holder.startsWith(ServerIdentity.of(host) + "_"), holder);
        assertEquals(Optional.empty(), store.get(key(host)));
        JsonNode second = leaseOf(store, host);
        assertNotEquals(holder, second.at("/spec/holderIdentity").asString());
    }

    /// What an earlier server left that was killed does not stay.
    @Test
    void whatAnotherLeftIsReplaced() throws Exception {
        String host = HostName.read();
        MemoryStore store = new MemoryStore();
        byte[] left;
        try (ApiServer killed = start(store)) {
            assertTrue(killed.address().getPort() > 0);
            left = store.get(key(host)).orElseThrow().value();
        }
        store.create(key(host), left, 0);
        String before = Json.MAPPER.readTree(left).at("/metadata/uid").asString();
        assertNotEquals(before, leaseOf(store, host).at("/metadata/uid").asString());
    }

    @Test
    void leasesOfServersThatWentAreOver() {
        List<Lease> leases = Stream.of(
                        lease("renewed", "kube-apiserver", ",\"renewTime\":\"2026-01-01T11:00:00.000000Z\""),
                        lease("over", "kube-apiserver", ",\"renewTime\":\"2026-01-01T10:59:59.000000Z\""),
                        lease("silent", "kube-apiserver", ""),
                        lease("of-another", "sample-apiserver", ""))
                .toList();
        assertEquals(List.of("over", "silent"), IdentityLease.over(leases, NOW));
    }

    private static Lease lease(String name, String component, String renewed) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"apiserver.kubernetes.io/identity\":\""
                        + component + "\"}},\"spec\":{\"leaseDurationSeconds\":3600" + renewed + "}}",
                Lease.class);
    }

    private static JsonNode leaseOf(MemoryStore store, String host) throws Exception {
        try (ApiServer server = start(store)) {
            assertTrue(server.address().getPort() > 0);
            return Json.MAPPER.readTree(store.get(key(host)).orElseThrow().value());
        }
    }

    private static ApiServer start(MemoryStore store) throws Exception {
        return ApiServer.start(ServerConfig.local(store), objects -> Security.none());
    }

    private static String key(String host) {
        return "/registry/leases/kube-system/" + ServerIdentity.of(host);
    }
}
